using System.Data;
using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Copying;

/// <summary>A PostgreSQL database as one side of a copy. Its session holds a lock, so that only one process copies at a time.</summary>
internal sealed class PostgresSide : CopySide
{
    // An arbitrary number that no other program uses for a lock in this database.
    private const long LockOfCopying = 0x646F6A6F_636F7079;

    private const string ApplicationName = "Dojo PCI Portal: storage copy";

    private const string HasJournalSql = "SELECT to_regclass('schema_migrations') IS NOT NULL";

    // A node reports every two seconds that it is alive. A killed node is silent, and counts as dead after ten.
    private const string NodesSql = "SELECT id, seen_at FROM nodes WHERE seen_at > CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) - 10000000";

    private const string IsForcedSql = "SELECT relforcerowsecurity FROM pg_class WHERE oid = CAST(@table AS regclass)";

    private const string SequencesSql = """
        SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
        """;

    // The server may not have noticed yet that an earlier copying process has ended.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_tryEvery = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlConnection _connection;

    private PostgresSide(NpgsqlConnection connection) => _connection = connection;

    /// <inheritdoc/>
    public override DbConnection Connection => _connection;

    /// <summary>Opens a database that has a schema, without changing it.</summary>
    /// <param name="connectionString">The connection string, as <see cref="PostgresSettings"/> returns it.</param>
    /// <exception cref="CopyRefusedException">Another process has the database open.</exception>
    /// <exception cref="StartRefusedException">The database's schema is not that of this program.</exception>
    public static PostgresSide OpenSource(string connectionString) => Open(connectionString, PostgresSchema.Verify);

    /// <summary>Opens a database, and creates the schema if it has none.</summary>
    /// <param name="connectionString">The connection string, as <see cref="PostgresSettings"/> returns it.</param>
    /// <exception cref="CopyRefusedException">Another process has the database open.</exception>
    /// <exception cref="StartRefusedException">The database's schema is not that of this program.</exception>
    public static PostgresSide OpenTarget(string connectionString) => Open(connectionString, Prepare);

    /// <inheritdoc/>
    public override DbTransaction BeginReading(IReadOnlyList<CopiedTable> tables)
    {
        var transaction = _connection.BeginTransaction(IsolationLevel.RepeatableRead);
        try
        {
            // Lock before the first query, which fixes the snapshot of the transaction.
            _connection.Execute($"LOCK TABLE {string.Join(", ", tables.Select(table => table.QuotedName))} IN SHARE MODE NOWAIT");
            return transaction;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            transaction.Dispose();
            throw InUse();
        }
    }

    /// <inheritdoc/>
    public override IRowWriter Write(CopiedTable table) => new Rows(_connection, table);

    /// <inheritdoc/>
    public override void Settle(IReadOnlyList<CopiedTable> tables)
    {
        foreach (var (table, id) in _connection.Query<(string Table, string Id)>(SequencesSql).Where(column => tables.Any(table => table.Name == column.Table)).ToList())
        {
            _connection.Execute($"SELECT setval(pg_get_serial_sequence('{table}', '{id}'), COALESCE(MAX({id}), 1), MAX({id}) IS NOT NULL) FROM \"{table}\"");
        }

        // Dapper would take a single word for a stored procedure.
        using var analyze = new NpgsqlCommand("ANALYZE", _connection) { CommandTimeout = 0 };
        analyze.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override void Dispose() => _connection.Dispose();

    private static CopyRefusedException InUse() => new("Another process of this program is using the database of Storage:ConnectionString. Stop it first.");

    private static PostgresSide Open(string connectionString, Action<NpgsqlConnection> prepare)
    {
        // Not pooled: a closed connection in a pool would keep its session and the lock. No statement is prepared, as each is used once.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = ApplicationName, Pooling = false, MaxAutoPrepare = 0 }.ToString());
        try
        {
            connection.Open();
            connection.Execute(ScopeCommand.AllForSessionSql);
            if (connection.PostgreSqlVersion < PostgresDatabase.Oldest)
            {
                throw new CopyRefusedException($"The database server has version {connection.PostgreSqlVersion}; this program needs {PostgresDatabase.Oldest.Major} or newer.");
            }

            for (var left = s_patience; !connection.ExecuteScalar<bool>($"SELECT pg_try_advisory_lock({LockOfCopying})"); left -= s_tryEvery)
            {
                if (left <= TimeSpan.Zero)
                {
                    throw InUse();
                }

                Thread.Sleep(s_tryEvery);
            }

            prepare(connection);
            WaitForSilence(connection);
            return new PostgresSide(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Waits until no node counts as alive. A node that reports again is alive.
    private static void WaitForSilence(NpgsqlConnection connection)
    {
        var first = NodesOf(connection);
        for (var now = first; now.Count > 0; now = NodesOf(connection))
        {
            if (now.Any(node => first.GetValueOrDefault(node.Key) != node.Value))
            {
                throw InUse();
            }

            Thread.Sleep(s_tryEvery);
        }
    }

    private static Dictionary<long, long> NodesOf(NpgsqlConnection connection) => connection.Query<(long Id, long SeenAt)>(NodesSql).ToDictionary(node => node.Id, node => node.SeenAt);

    private static void Prepare(NpgsqlConnection connection)
    {
        if (connection.ExecuteScalar<bool>(HasJournalSql))
        {
            try
            {
                PostgresSchema.Verify(connection);
                return;
            }
            catch (StartRefusedException) when (UnfinishedCopy.Is(connection))
            {
                throw new CopyRefusedException(UnfinishedCopy.OfAnotherVersion);
            }
        }

        PostgresSchema.Migrate(connection);
    }

    private sealed class Rows : IRowWriter
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlBinaryImporter _import;
        private readonly string? _force;
        private readonly NpgsqlDbType[] _types;

        public Rows(NpgsqlConnection connection, CopiedTable table)
        {
            _connection = connection;
            _types = [.. table.Columns.Select(column => TypeOf(column.Value))];
            _force = connection.ExecuteScalar<bool>(IsForcedSql, new { table = table.QuotedName }) ? $"ALTER TABLE {table.QuotedName} FORCE ROW LEVEL SECURITY" : null;
            if (_force is not null)
            {
                connection.Execute($"ALTER TABLE {table.QuotedName} NO FORCE ROW LEVEL SECURITY"); // COPY does not support policies; they are forced again before the commit
            }

            _import = connection.BeginBinaryImport($"COPY {table.QuotedName} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)");
            _import.Timeout = TimeSpan.Zero;
        }

        public void Add(object[] values)
        {
            _import.StartRow();
            for (var place = 0; place < values.Length; place++)
            {
                if (values[place] is DBNull)
                {
                    _import.WriteNull();
                }
                else
                {
                    _import.Write(values[place], _types[place]);
                }
            }
        }

        public void Complete()
        {
            _import.Complete();
            _import.Dispose();
            if (_force is not null)
            {
                _connection.Execute(_force);
            }
        }

        public void Dispose() => _import.Dispose();

        private static NpgsqlDbType TypeOf(CopiedValue value) => value switch
        {
            CopiedValue.Number => NpgsqlDbType.Bigint,
            CopiedValue.Text => NpgsqlDbType.Text,
            _ => NpgsqlDbType.Bytea,
        };
    }
}
