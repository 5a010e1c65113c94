using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>A connection that keeps the statements that were prepared on it, and lets go of them when it is closed.</summary>
/// <param name="connectionString">What to open.</param>
/// <param name="mayTouchLog">Asked when it closes: whether the log at its path may be moved into the database and deleted. Null for always.</param>
internal sealed class PreparingConnection(string connectionString, Func<bool>? mayTouchLog = null) : SqliteConnection(connectionString)
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int NoCheckpointOnClose = 1006;

    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The statement, prepared when it is asked for the first time.</summary>
    public PreparedStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new PreparedStatement(this, sql);
        }

        return statement;
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
}

/// <summary>Prepared statements for stores, which are given their connection.</summary>
internal static class PreparingConnectionExtensions
{
    /// <summary>The statement, prepared once for this connection, which must be one of <see cref="SqliteDatabase"/>'s.</summary>
    public static PreparedStatement Prepared(this SqliteConnection connection, string sql) => ((PreparingConnection)connection).Prepare(sql);
}
