using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>
/// A test's own database, on the engine of this run, with direct access of the kind that only somebody with the database has. Tests write the SQL of
/// SQLite.
/// </summary>
/// <param name="data">The directory of the vault's data, where SQLite's file is.</param>
internal sealed class TestDatabase(string data) : IDisposable
{
    private readonly string? _target = PostgresServer.IsChosen ? PostgresServer.Shared.CreateDatabase() : null;

    /// <summary>The engine and the connection string for the settings.</summary>
    public (StorageProvider Provider, string ConnectionString) Settings => _target is null ? (StorageProvider.Sqlite, "") : (StorageProvider.Postgres, PostgresServer.AsService(_target));

    /// <summary>SQLite's file.</summary>
    public string File => Path.Combine(data, "portal.db");

    public void Configure(StorageOptions options)
    {
        options.DataDirectory = data;
        if (_target is not null)
        {
            (options.Provider, options.ConnectionString) = Settings;
        }
    }

    public DbConnection Connect(bool? foreignKeys = null)
    {
        DbConnection connection = _target is not null
            ? new PostgresConnection(new NpgsqlConnection(_target))
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false, ForeignKeys = foreignKeys }.ToString());
        connection.Open();
        return connection;
    }

    public int Execute(string sql, object? parameters = null)
    {
        using var connection = Connect();
        return connection.Execute(Translate(sql), parameters);
    }

    /// <summary>Returns the first column of the first row.</summary>
    public T? Single<T>(string sql, object? parameters = null)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(Translate(sql), parameters);
    }

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        using var connection = Connect();
        return connection.Query<T>(Translate(sql), parameters).AsList();
    }

    /// <summary>Executes SQL without the triggers, and restores them afterwards.</summary>
    public void Tamper(string sql)
    {
        using var connection = Connect(foreignKeys: false);
        if (_target is not null)
        {
            connection.Execute($"SET session_replication_role = replica; {Translate(sql)}");
            return;
        }

        var triggers = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").ToList();
        connection.Execute(string.Concat(triggers.Select(trigger => $"DROP TRIGGER {trigger.Name};")) + sql);
        foreach (var (_, trigger) in triggers)
        {
            connection.Execute(trigger);
        }
    }

    /// <summary>Every stored byte: SQLite's database file, its log and the files next to them, or all rows of PostgreSQL.</summary>
    public byte[] ReadAll()
    {
        using var all = new MemoryStream();
        if (_target is null)
        {
            foreach (var path in Directory.EnumerateFiles(data).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                file.CopyTo(all);
            }

            return all.ToArray();
        }

        using var connection = (PostgresConnection)Connect();
        foreach (var table in connection.Query<string>("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'").ToList())
        {
            using var rows = connection.Inner.BeginRawBinaryCopy($"COPY {table} TO STDOUT (FORMAT BINARY)");
            rows.CopyTo(all);
        }

        return all.ToArray();
    }

    /// <summary>Translates a test's statement for the engine of this run.</summary>
    public static string Translate(string sql) => PostgresServer.IsChosen ? PostgresServer.Translate(sql) : sql;

    public void Dispose()
    {
        if (_target is not null)
        {
            PostgresServer.Shared.ReturnDatabase(_target);
        }
    }
}
