using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage.Migrations;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>A SQLite file as one side of a copy. It holds the same lock as a process that serves the file.</summary>
internal sealed class SqliteSide : CopySide
{
    private const string HasJournalSql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')";

    // Checkpoints every few megabytes: otherwise the whole copy would be in the log first.
    private const string MoveLogSql = "PRAGMA wal_autocheckpoint = 2000";

    private readonly FileStream _lock;
    private readonly SqliteConnection _connection;

    private SqliteSide(FileStream held, SqliteConnection connection) => (_lock, _connection) = (held, connection);

    /// <inheritdoc/>
    public override DbConnection Connection => _connection;

    /// <summary>Opens an existing file without changing it.</summary>
    /// <exception cref="CopyRefusedException">The file does not exist.</exception>
    /// <exception cref="StartRefusedException">Another process serves the file, or its schema is not that of this program.</exception>
    public static SqliteSide OpenSource(string file)
    {
        if (!File.Exists(file))
        {
            throw new CopyRefusedException($"There is no database {file} to copy.");
        }

        return Open(file, connections => connections.OpenForReading(), SchemaMigrator.Verify);
    }

    /// <summary>Opens a file, and creates it if it does not exist.</summary>
    /// <exception cref="StartRefusedException">Another process serves the file, or its schema is not that of this program.</exception>
    public static SqliteSide OpenTarget(string file)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(file)!);
        return Open(file, connections => connections.OpenForWriting(), Prepare);
    }

    /// <inheritdoc/>
    public override DbTransaction BeginReading(IReadOnlyList<CopiedTable> tables) => _connection.BeginTransaction(deferred: true);

    /// <inheritdoc/>
    public override IRowWriter Write(CopiedTable table) => new Rows(_connection, table);

    /// <inheritdoc/>
    public override void Settle(IReadOnlyList<CopiedTable> tables)
    {
        // SQLite derives a new id from the rows that exist.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _connection.Dispose();
        _lock.Dispose();
    }

    private static SqliteSide Open(string file, Func<SqliteConnections, SqliteConnection> open, Action<SqliteConnection> prepare)
    {
        var held = SqliteFile.TakeLock(file);
        SqliteConnection? connection = null;
        try
        {
            SqliteFile.CreateIfMissing(file);
            connection = open(new SqliteConnections(SqliteConnections.TargetOf(file), mayTouchLog: () => true));
            prepare(connection);
            return new SqliteSide(held, connection);
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        connection.Execute(MoveLogSql);
        if (connection.ExecuteScalar<bool>(HasJournalSql))
        {
            SchemaMigrator.Verify(connection);
            return;
        }

        SchemaMigrator.Migrate(connection);
    }

    private sealed class Rows : IRowWriter
    {
        private readonly SqliteCommand _command;

        public Rows(SqliteConnection connection, CopiedTable table)
        {
            if (table.RefersToItself)
            {
                connection.Execute("PRAGMA defer_foreign_keys = ON"); // until the transaction ends
            }

            _command = connection.CreateCommand();
            _command.CommandText = $"INSERT INTO {table.QuotedName} ({table.ColumnNames}) VALUES ({string.Join(", ", table.Columns.Select((_, place) => $"@p{place}"))})";
            for (var place = 0; place < table.Columns.Count; place++)
            {
                _command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{place}" });
            }
        }

        public void Add(object[] values)
        {
            for (var place = 0; place < values.Length; place++)
            {
                _command.Parameters[place].Value = values[place];
            }

            _command.ExecuteNonQuery();
        }

        public void Complete()
        {
            // Each row is stored when it is added.
        }

        public void Dispose() => _command.Dispose();
    }
}
