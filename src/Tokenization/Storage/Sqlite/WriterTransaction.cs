using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The writer's transactions. The statements that begin and end them are prepared once, because they run for every batch. No command on the
/// connection has to name the transaction, so commands can be kept from one batch to the next.
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

    /// <summary>Whether a transaction is open. After errors such as a full disk SQLite may have rolled it back by itself.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Begins a transaction. Waits for other writing processes up to the connection's busy timeout.</summary>
    /// <exception cref="SqliteException">The database did not become free in time, or cannot be written.</exception>
    public void Begin() => _begin.Execute();

    /// <summary>Commits the transaction. Returns once everything is on disk.</summary>
    /// <exception cref="SqliteException">The commit failed. Nothing is stored once <see cref="UndoIfOpen"/> was called.</exception>
    public void Commit() => _commit.Execute();

    /// <summary>Rolls back to <see cref="Begin"/> if a transaction is open. Does not throw: the next transaction reports what is wrong.</summary>
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
                // The connection reports the fault again when the next transaction begins.
            }
        }
    }

    /// <summary>Begins a part that can be rolled back alone, until <see cref="KeepPart"/>.</summary>
    public void BeginPart() => _beginPart.Execute();

    /// <summary>Ends the part, and keeps what was not rolled back.</summary>
    public void KeepPart() => _keepPart.Execute();

    /// <summary>Rolls back to <see cref="BeginPart"/>.</summary>
    public void UndoPart() => _undoPart.Execute();

    /// <summary>Returns the number of pages written to the log since the last call.</summary>
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
