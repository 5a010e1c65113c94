using System.Globalization;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Copying;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>A SQLite file and a PostgreSQL database, both real, and the code that copies between them.</summary>
public abstract class VaultCopyTest : IDisposable
{
    private protected const int RowsOfEach = 3;

    private protected string Target { get; } = PostgresServer.Shared.CreateEmptyDatabase();

    /// <summary>The user that copies; null for a superuser.</summary>
    private protected string? User { get; set; }

    private protected DirectoryInfo Here { get; } = Directory.CreateTempSubdirectory("dojo-pci-copy-");

    private protected DirectoryInfo Elsewhere { get; } = Directory.CreateTempSubdirectory("dojo-pci-copy-");

    public static TheoryData<CopyDirection> Directions => [CopyDirection.SqliteToPostgres, CopyDirection.PostgresToSqlite];

    public void Dispose()
    {
        PostgresServer.Shared.DropDatabase(Target);
        Here.Delete(recursive: true);
        Elsewhere.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected CopiedVault Copy(DirectoryInfo directory, CopyDirection direction, int rowsInPart = 10_000, Action<TableProgress>? report = null) =>
        new VaultCopy(Options.Create(OptionsOf(directory)), SqliteEngine.Loaded()) { RowsInPart = rowsInPart }.Copy(direction, report ?? (_ => { }));

    private protected PostgresDatabase NewPostgres() => new(Options.Create(OptionsOf(Here)), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    private protected static SqliteDatabase NewSqlite(DirectoryInfo directory) =>
        new(Options.Create(new StorageOptions { DataDirectory = directory.FullName }), SqliteEngine.Loaded(), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

    private protected NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(Target);
        connection.Open();
        return connection;
    }

    private protected static SqliteConnection Connect(DirectoryInfo directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.FullName, "portal.db"), Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        connection.CreateFunction<string, string>(SqlFunctions.Fold, FoldedText.Of, isDeterministic: true);
        return connection;
    }

    // Returns every row of every copied SQLite table, as text.
    private protected static List<(string Table, string Row)> Dump(DirectoryInfo directory)
    {
        using var connection = Connect(directory);
        return
        [
            .. CopyPlan.OfSchema().Select(table => table.Name).Order(StringComparer.Ordinal).SelectMany(table =>
            {
                var columns = connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).Select(column => $"quote(\"{column}\")");
                return connection.Query<string>($"SELECT {string.Join(" || ', ' || ", columns)} AS line FROM {table} ORDER BY line").Select(row => (table, row));
            }),
        ];
    }

    // Inserts three rows into each table: with values, with other values, and with as few as possible. A new table gets them too, or fails its constraints.
    private protected static void Fill(DirectoryInfo directory)
    {
        using var connection = Connect(directory);
        SchemaMigrator.Migrate(connection);
        foreach (var table in CopyPlan.OfSchema())
        {
            var columns = connection.Query<(string Name, string Type, bool IsRequired)>("SELECT name, type, \"notnull\" OR pk > 0 FROM pragma_table_info(@table)", new { table = table.Name }).ToList();
            if (CopyPlan.Seeded.Contains(table.Name))
            {
                connection.Execute($"DELETE FROM {table.Name}");
            }

            for (var row = 1; row <= (CopyPlan.Seeded.Contains(table.Name) || table.Name == "data_key_manifest" ? 1 : RowsOfEach); row++)
            {
                var values = columns.ToDictionary(column => column.Name, column => ValueOf(table.Name, column.Name, column.Type, column.IsRequired, row), StringComparer.Ordinal);
                connection.Execute($"INSERT INTO {table.Name} ({string.Join(", ", values.Keys.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", values.Keys.Select(name => $"@{name}"))})", new DynamicParameters(values));
            }
        }
    }

    private StorageOptions OptionsOf(DirectoryInfo directory) => new()
    {
        Provider = StorageProvider.Postgres,
        ConnectionString = User is null ? Target : new NpgsqlConnectionStringBuilder(Target) { Username = User }.ToString(),
        DataDirectory = directory.FullName,
    };

    private static object? ValueOf(string table, string column, string type, bool isRequired, int row) => (table, column) switch
    {
        (_, "environment" or "succeeded" or "is_disabled" or "is_active" or "unique_references" or "repeated_charges") => row % 2,
        (_, "position" or "service_charge_amount" or "tips_amount" or "authorized_amount" or "captured_amount" or "refunded_amount") => 0,
        ("api_keys", "successor_id") => row < RowsOfEach ? row + 1 : null,
        ("customers", "deleted_at") => null,
        ("data_keys", "state") => "Retired",
        ("payment_intents", "capture_mode") => "Auto",
        ("payment_intents", "auto_expire_action") => row == 1 ? "Release" : null,
        ("payment_settlements", "kind") => "Refund",
        ("payment_settlements", "status") => "Successful",
        ("payment_settlements", "attempt_until") => null,
        _ when !isRequired && row == RowsOfEach => null,
        (_, "at" or "created_at" or "updated_at") => long.MaxValue - row,
        _ when type == "INTEGER" => row,
        _ when type == "TEXT" => string.Create(CultureInfo.InvariantCulture, $"{column} {row}: naïve, \"quoted\", it's\t\\ 🔒"),
        _ => row == 2 ? Array.Empty<byte>() : new byte[] { 0, (byte)row, 255 },
    };
}
