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

/// <summary>Copying between a file of SQLite and a database of PostgreSQL, both real.</summary>
[Trait("Engine", "Postgres")]
public sealed class VaultCopyTests : IDisposable
{
    private const int RowsOfEach = 3;

    private readonly string _target = PostgresServer.Shared.CreateEmptyDatabase();
    private readonly DirectoryInfo _here = Directory.CreateTempSubdirectory("dojo-pci-copy-");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("dojo-pci-copy-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<CopyDirection> Directions => [CopyDirection.SqliteToPostgres, CopyDirection.PostgresToSqlite];

    public void Dispose()
    {
        PostgresServer.Shared.DropDatabase(_target);
        _here.Delete(recursive: true);
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public void Every_row_of_every_table_comes_through_PostgreSQL_and_back_as_it_was()
    {
        Fill(_here);

        Copy(_here, CopyDirection.SqliteToPostgres).Rows.ShouldBeGreaterThan(100);
        Copy(_elsewhere, CopyDirection.PostgresToSqlite);

        Dump(_here).Select(line => line.Table).Distinct(StringComparer.Ordinal).ShouldBe(CopyPlan.OfSchema().Select(table => table.Name), ignoreOrder: true); // one without a row is not tested
        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Fact]
    public void No_table_of_PostgreSQL_is_forgotten()
    {
        using var connection = Connect();
        PostgresSchema.Migrate(connection);

        // Which scripts ran and who serves is each database's own.
        CopyPlan.OfSchema().Select(table => table.Name).Concat(["schema_migrations", "nodes", "leases", "node_messages"])
            .ShouldBe(connection.Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"), ignoreOrder: true);
    }

    [Fact]
    public void Ids_go_on_above_those_that_were_copied()
    {
        Fill(_here);

        Copy(_here, CopyDirection.SqliteToPostgres);

        using var connection = Connect();
        connection.ExecuteScalar<long>("INSERT INTO accounts (name, created_at) VALUES ('Next', 1) RETURNING id").ShouldBe(RowsOfEach + 1);
        connection.ExecuteScalar<long>("INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id) VALUES (1, 1, 0, 1) RETURNING sequence").ShouldBe(RowsOfEach + 1);
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void A_copy_that_is_interrupted_again_and_again_ends_equal(CopyDirection direction)
    {
        Fill(_here);
        var (source, target) = direction == CopyDirection.SqliteToPostgres ? (_here, _here) : (_elsewhere, _elsewhere);
        if (direction == CopyDirection.PostgresToSqlite)
        {
            Copy(_here, CopyDirection.SqliteToPostgres);
        }

        var interruptions = 0;
        var random = new Random(4711);
        while (true)
        {
            var left = random.Next(1, 8);
            try
            {
                Copy(source, direction, rowsInPart: random.Next(1, 3), _ =>
                {
                    if (--left == 0)
                    {
                        throw new OperationCanceledException();
                    }
                });
                break;
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        interruptions.ShouldBeGreaterThan(10);
        if (direction == CopyDirection.SqliteToPostgres)
        {
            Copy(_elsewhere, CopyDirection.PostgresToSqlite);
        }

        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Fact]
    public void A_copy_whose_connection_is_ended_goes_on_where_it_was()
    {
        Fill(_here);
        var stored = 0;
        Should.Throw<CopyRefusedException>(() => Copy(_here, CopyDirection.SqliteToPostgres, rowsInPart: 1, _ =>
        {
            if (++stored == 50)
            {
                PostgresServer.Shared.Terminate(_target);
            }
        })).Message.ShouldContain("Run storage copy again");

        var left = 0;
        Copy(_here, CopyDirection.SqliteToPostgres, rowsInPart: 1, _ => left++);

        left.ShouldBeLessThanOrEqualTo(Dump(_here).Count - 50);
        Copy(_elsewhere, CopyDirection.PostgresToSqlite);
        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public async Task Nobody_opens_a_copy_that_is_not_whole(CopyDirection direction)
    {
        Fill(_here);
        var to = direction == CopyDirection.SqliteToPostgres ? _here : _elsewhere;
        if (direction == CopyDirection.PostgresToSqlite)
        {
            Copy(_here, CopyDirection.SqliteToPostgres);
        }

        Interrupt(to, direction, after: 20);

        foreach (var use in Enum.GetValues<VaultUse>())
        {
            if (direction == CopyDirection.SqliteToPostgres)
            {
                await using var postgres = NewPostgres();
                Should.Throw<StartRefusedException>(() => postgres.Open(use)).Message.ShouldContain("copy that was not finished");
            }
            else
            {
                await using var sqlite = NewSqlite(to);
                Should.Throw<StartRefusedException>(() => sqlite.Open(use)).Message.ShouldContain("copy that was not finished");
            }
        }
    }

    [Fact]
    public async Task A_source_of_SQLite_that_is_served_is_not_copied()
    {
        await using var served = NewSqlite(_here);
        served.Open(VaultUse.Serving);

        Should.Throw<StartRefusedException>(() => Copy(_here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("Another process is using");
    }

    [Fact]
    public async Task A_source_of_PostgreSQL_is_not_copied_while_a_node_is_alive_and_is_once_it_has_left()
    {
        Fill(_here);
        Copy(_here, CopyDirection.SqliteToPostgres);
        await using var served = NewPostgres();
        served.Open(VaultUse.Serving);
        var nodes = new PostgresNodes(served);
        var (node, _, _) = await nodes.JoinAsync("a");
        using var stop = new CancellationTokenSource();
        var alive = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await nodes.RenewAsync(node);
                    await Task.Delay(20, Ct);
                }
            },
            Ct);

        Should.Throw<CopyRefusedException>(() => Copy(_elsewhere, CopyDirection.PostgresToSqlite)).Message.ShouldContain("Another process of this program");

        await stop.CancelAsync();
        await alive;
        await nodes.LeaveAsync(node);
        Copy(_elsewhere, CopyDirection.PostgresToSqlite);
        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Fact]
    public void What_is_written_into_a_source_of_PostgreSQL_meanwhile_waits()
    {
        Fill(_here);
        Copy(_here, CopyDirection.SqliteToPostgres);
        using var writer = Connect();
        writer.Execute("SET lock_timeout = '50ms'");

        Copy(_elsewhere, CopyDirection.PostgresToSqlite, rowsInPart: 1, _ => Should.Throw<PostgresException>(() => writer.Execute("UPDATE accounts SET name = 'Other'")).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable));

        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void A_target_that_holds_anything_is_left_as_it_is(CopyDirection direction)
    {
        Fill(_here);
        Copy(_here, CopyDirection.SqliteToPostgres);

        Should.Throw<CopyRefusedException>(() => Copy(_here, direction)).Message.ShouldContain("is not empty");
    }

    [Theory]
    [InlineData("UPDATE accounts SET name = 'Another' WHERE id = 2", "accounts")]
    [InlineData("DELETE FROM api_figures WHERE bucket = 3", "api_figures")]
    [InlineData("INSERT INTO accounts (name, created_at) VALUES ('Further', 7)", "accounts")]
    public void A_source_that_was_changed_where_it_was_copied_is_refused(string change, string table)
    {
        Fill(_here);
        Interrupt(_here, CopyDirection.SqliteToPostgres, after: 30);

        Execute(_here, change);

        Should.Throw<CopyRefusedException>(() => Copy(_here, CopyDirection.SqliteToPostgres)).Message.ShouldContain($"What was copied of {table} is no longer what the source has");
    }

    [Fact]
    public void A_source_that_was_changed_only_where_it_was_not_copied_yet_is_copied_as_it_is_now()
    {
        Fill(_here);
        Interrupt(_here, CopyDirection.SqliteToPostgres, after: 10);

        Execute(_here, "UPDATE webhook_deliveries SET attempts = 7");
        Copy(_here, CopyDirection.SqliteToPostgres);

        Copy(_elsewhere, CopyDirection.PostgresToSqlite);
        Dump(_elsewhere).ShouldBe(Dump(_here));
    }

    [Fact]
    public void A_copy_that_was_changed_is_not_finished()
    {
        Fill(_here);
        Interrupt(_here, CopyDirection.SqliteToPostgres, after: 30);
        using (var connection = Connect())
        {
            connection.Execute("UPDATE accounts SET name = 'Another' WHERE id = 2");
        }

        Should.Throw<CopyRefusedException>(() => Copy(_here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("The copy of accounts differs from the source");

        using var unfinished = Connect();
        UnfinishedCopy.Is(unfinished).ShouldBeTrue();
    }

    [Fact]
    public void A_source_that_is_not_there_is_not_made()
    {
        Should.Throw<CopyRefusedException>(() => Copy(_here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("There is no database");

        _here.GetFiles().ShouldBeEmpty();
    }

    private void Interrupt(DirectoryInfo directory, CopyDirection direction, int after) => Should.Throw<OperationCanceledException>(() => Copy(directory, direction, rowsInPart: 1, _ =>
    {
        if (--after == 0)
        {
            throw new OperationCanceledException();
        }
    }));

    private CopiedVault Copy(DirectoryInfo directory, CopyDirection direction, int rowsInPart = 10_000, Action<TableProgress>? report = null) =>
        new VaultCopy(Options.Create(OptionsOf(directory)), SqliteEngine.Loaded()) { RowsInPart = rowsInPart }.Copy(direction, report ?? (_ => { }));

    private StorageOptions OptionsOf(DirectoryInfo directory) => new() { Provider = StorageProvider.Postgres, ConnectionString = _target, DataDirectory = directory.FullName };

    private PostgresDatabase NewPostgres() => new(Options.Create(OptionsOf(_here)), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    private static SqliteDatabase NewSqlite(DirectoryInfo directory) =>
        new(Options.Create(new StorageOptions { DataDirectory = directory.FullName }), SqliteEngine.Loaded(), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(_target);
        connection.Open();
        return connection;
    }

    private static SqliteConnection Connect(DirectoryInfo directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.FullName, "portal.db"), Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        connection.CreateFunction<string, string>(SqlFunctions.Fold, FoldedText.Of, isDeterministic: true);
        return connection;
    }

    private static void Execute(DirectoryInfo directory, string sql)
    {
        using var connection = Connect(directory);
        connection.Execute(sql).ShouldBeGreaterThan(0);
    }

    // Every row of every table of SQLite, as text.
    private static List<(string Table, string Row)> Dump(DirectoryInfo directory)
    {
        using var connection = Connect(directory);
        return
        [
            .. connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations' AND name NOT LIKE 'sqlite%' ORDER BY name").ToList().SelectMany(table =>
            {
                var columns = connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).Select(column => $"quote(\"{column}\")");
                return connection.Query<string>($"SELECT {string.Join(" || ', ' || ", columns)} AS line FROM {table} ORDER BY line").Select(row => (table, row));
            }),
        ];
    }

    // Three rows in each table: with values, with others, and with as few as can be. A new table gets them too, or fails for what it checks.
    private static void Fill(DirectoryInfo directory)
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

    private static object? ValueOf(string table, string column, string type, bool isRequired, int row) => (table, column) switch
    {
        (_, "environment" or "succeeded" or "is_disabled" or "is_active" or "unique_references" or "repeated_charges") => row % 2,
        (_, "position" or "service_charge_amount" or "tips_amount" or "authorized_amount" or "captured_amount" or "refunded_amount") => 0,
        (_, "indexing_up_to") => 100,
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
