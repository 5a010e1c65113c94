using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The writer's transactions. What begins and ends them is prepared once: it runs for every batch. No command on the
/// connection has to name the transaction, so commands may be kept from one batch to the next.
/// </summary>
internal sealed class WriterTransaction(SqliteConnection connection) : IDisposable
{
    private readonly sqlite3 _handle = connection.Handle!;
    private readonly PreparedStatement _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
    private readonly PreparedStatement _commit = new SqliteStatement(connection, "COMMIT");
    private readonly PreparedStatement _rollback = new SqliteStatement(connection, "ROLLBACK");
    private readonly PreparedStatement _beginPart = new SqliteStatement(connection, "SAVEPOINT part");
    private readonly PreparedStatement _keepPart = new SqliteStatement(connection, "RELEASE part");
    private readonly PreparedStatement _undoPart = new SqliteStatement(connection, "ROLLBACK TO part");

    /// <summary>Whether a transaction is open. After a full disk and the like SQLite may have rolled it back by itself.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Waits for other processes that write, up to the connection's busy timeout.</summary>
    /// <exception cref="SqliteException">It did not become free in time, or cannot be written.</exception>
    public void Begin() => _begin.Execute();

    /// <summary>Returns once everything is on disk.</summary>
    /// <exception cref="SqliteException">Nothing of it is stored once <see cref="UndoIfOpen"/> was called.</exception>
    public void Commit() => _commit.Execute();

    /// <summary>Makes as if nothing had happened since <see cref="Begin"/>. Does not throw: what is wrong shows at the next one.</summary>
    public void UndoIfOpen()
    {
        if (IsOpen)
        {
            try
            {
                _rollback.Execute();
            }
            catch (SqliteException)
            {
                // The connection says so again when the next one is to begin.
            }
        }
    }

    /// <summary>From here on is a part that can be undone alone, until <see cref="KeepPart"/>.</summary>
    public void BeginPart() => _beginPart.Execute();

    /// <summary>Ends the part with what is left of it.</summary>
    public void KeepPart() => _keepPart.Execute();

    /// <summary>Makes as if nothing had happened since <see cref="BeginPart"/>.</summary>
    public void UndoPart() => _undoPart.Execute();

    /// <summary>How many pages went to the log since the last call.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _beginPart, _keepPart, _undoPart })
        {
            statement.Dispose();
        }
    }
}
