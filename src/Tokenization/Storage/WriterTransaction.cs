using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The writer's transactions. What begins and ends them is prepared once: it runs for every batch. No command on the
/// connection has to name the transaction, so commands may be kept from one batch to the next.
/// </summary>
internal sealed class WriterTransaction(SqliteConnection connection) : IDisposable
{
    private readonly sqlite3 _handle = connection.Handle!;
    private readonly sqlite3_stmt _begin = Prepare(connection, "BEGIN IMMEDIATE");
    private readonly sqlite3_stmt _commit = Prepare(connection, "COMMIT");
    private readonly sqlite3_stmt _rollback = Prepare(connection, "ROLLBACK");
    private readonly sqlite3_stmt _beginPart = Prepare(connection, "SAVEPOINT part");
    private readonly sqlite3_stmt _keepPart = Prepare(connection, "RELEASE part");
    private readonly sqlite3_stmt _undoPart = Prepare(connection, "ROLLBACK TO part");

    /// <summary>Whether a transaction is open. After a full disk and the like SQLite may have rolled it back by itself.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Waits for other processes that write, up to the connection's busy timeout.</summary>
    /// <exception cref="SqliteException">It did not become free in time, or cannot be written.</exception>
    public void Begin() => Run(_begin);

    /// <summary>Returns once everything is on disk.</summary>
    /// <exception cref="SqliteException">Nothing of it is stored once <see cref="UndoIfOpen"/> was called.</exception>
    public void Commit() => Run(_commit);

    /// <summary>Makes as if nothing had happened since <see cref="Begin"/>. Does not throw: what is wrong shows at the next one.</summary>
    public void UndoIfOpen()
    {
        if (IsOpen)
        {
            raw.sqlite3_step(_rollback);
            raw.sqlite3_reset(_rollback);
        }
    }

    /// <summary>From here on is a part that can be undone alone, until <see cref="KeepPart"/>.</summary>
    public void BeginPart() => Run(_beginPart);

    /// <summary>Ends the part with what is left of it.</summary>
    public void KeepPart() => Run(_keepPart);

    /// <summary>Makes as if nothing had happened since <see cref="BeginPart"/>.</summary>
    public void UndoPart() => Run(_undoPart);

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

    private static sqlite3_stmt Prepare(SqliteConnection connection, string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle!, sql, out var statement), connection.Handle);
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, _handle);
        }
    }
}
