using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>A connection that keeps the statements that were prepared on it, and disposes them when it is closed.</summary>
/// <param name="connectionString">The connection string.</param>
/// <param name="mayTouchLog">Called on close: whether the log at its path may be moved into the database and deleted. Null for always.</param>
internal sealed class PreparingConnection(string connectionString, Func<bool>? mayTouchLog = null) : SqliteConnection(connectionString), IStoreConnection
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int NoCheckpointOnClose = 1006;

    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public CommitStates CommitStates { get; } = new();

    /// <inheritdoc/>
    public PreparedStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new SqliteStatement(this, sql);
        }

        return statement;
    }

    /// <inheritdoc/>
    public TenantScope Scope { get; set; }

    /// <inheritdoc/>
    /// <remarks>Has no effect: on SQLite the statements of the stores name their index.</remarks>
    public bool FollowsIndexOrder { get; set; }

    /// <inheritdoc/>
    public bool IsIndexedBehind => true;

    /// <inheritdoc/>
    public IDisposable BeginSnapshot()
    {
        Prepare("BEGIN").Execute();
        return new Snapshot(this);
    }

    /// <inheritdoc/>
    public override void Close()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        if (Handle is { IsClosed: false } open && mayTouchLog?.Invoke() is false)
        {
            raw.sqlite3_db_config(open, NoCheckpointOnClose, 1, out _);
        }

        base.Close();
    }

    // A snapshot only reads, so there is nothing to commit.
    private sealed class Snapshot(PreparingConnection connection) : IDisposable
    {
        public void Dispose() => connection.Prepare("ROLLBACK").Execute();
    }
}
