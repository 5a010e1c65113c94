using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// A period in which nothing can be written: the disk is full or read-only, another process holds the database, a reader keeps the
/// log from restarting until it is too long, or the files are not where they were opened. It begins with the first commit that fails
/// for such a reason, and ends with the first successful attempt of the writer itself; meanwhile no caller waits. Only the writer's thread begins and
/// ends it; any thread may read it.
/// </summary>
/// <param name="files">The files of the database.</param>
/// <param name="largestLog">The limit for the write-ahead log, in bytes.</param>
/// <param name="checkpointer">Keeps the log short.</param>
/// <param name="logger">Logs the beginning and the end.</param>
internal sealed partial class WriterOutage(DatabaseFiles files, long largestLog, Checkpointer checkpointer, ILogger logger)
{
    /// <summary>How often the writer, while it has no work, tests whether the outage is over.</summary>
    public static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(250);

    private volatile UnavailableException? _cause;
    private Displacement _displacement;

    /// <summary>Why nothing can be written; null while there is no outage.</summary>
    public UnavailableException? Cause => _cause;

    /// <summary>Begins an outage if the fault lies outside of the work.</summary>
    /// <returns>The exception for callers.</returns>
    public Exception BeginIfOutside(Exception exception)
    {
        var told = SqliteFaults.Told(exception);
        if (told is UnavailableException cause)
        {
            Begin(cause);
        }

        return told;
    }

    /// <summary>Begins an outage if the log exceeds its limit, so that it does not fill the disk.</summary>
    public void BeginIfLogIsTooLong()
    {
        if (checkpointer.LogLength > largestLog)
        {
            Begin(LogIsTooLong());
        }
    }

    /// <summary>Checks, outside of a transaction, that the files are where they were opened. The first check that finds a displacement logs it.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="all">Whether to check all files, or only those that hold a commit.</param>
    /// <exception cref="UnavailableException">The files are displaced.</exception>
    public void ThrowIfDisplaced(SqliteConnection connection, bool all)
    {
        var found = all ? files.Look() : files.LookAtCommitted();
        if (found == Displacement.None)
        {
            return;
        }

        if (found != _displacement)
        {
            _displacement = found;
            Report(found, connection);
        }

        throw DatabaseFiles.Unavailable(found);
    }

    /// <summary>The writer calls this before each batch: during an outage it tests whether the outage is over, without waiting for a lock.</summary>
    /// <exception cref="UnavailableException">The outage continues.</exception>
    /// <exception cref="SqliteException">The outage continues.</exception>
    public void EndIfOver(SqliteConnection connection, WriterTransaction transaction)
    {
        if (_cause is not { } cause)
        {
            return;
        }

        if (IsFullDisk(cause) && !WriteProbe.HasRoomBeside(files.DatabasePath))
        {
            throw cause.Again();
        }

        BusyWait.Within(connection, TimeSpan.Zero, () => Try(connection, transaction));
        (_cause, _displacement) = (null, Displacement.None);
        Log.Ended(logger);
    }

    private void Report(Displacement found, SqliteConnection connection)
    {
        switch (found)
        {
            case Displacement.Log when files.LogCanBeMoved && Checkpointer.TryMoveLog(connection):
                Log.LogRemovedButMoved(logger, files.LogPath);
                break;
            case Displacement.Log:
                Log.LogRemoved(logger, files.LogPath, Environment.ProcessId);
                break;
            case Displacement.Lock:
                Log.LockRemoved(logger, files.DatabasePath);
                break;
            case Displacement.Emptied:
                Log.Emptied(logger, files.DatabasePath);
                break;
            default:
                Log.Displaced(logger, files.DatabasePath, Environment.ProcessId);
                break;
        }
    }

    private static bool IsFullDisk(UnavailableException cause) => cause.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL };

    private static UnavailableException LogIsTooLong() => new("A reader keeps the log of the database from starting over.");

    private bool Try(SqliteConnection connection, WriterTransaction transaction)
    {
        // Done for every cause: a shorter log may free the disk space that is missing.
        Checkpointer.TryEmptyLog(connection);
        if (checkpointer.LogLength > largestLog)
        {
            throw LogIsTooLong();
        }

        transaction.Begin();
        WriteProbe.WritePage(connection);
        transaction.Commit();
        return true;
    }

    private void Begin(UnavailableException cause)
    {
        var isNew = _cause is null;
        _cause = cause;
        if (isNew && _displacement == Displacement.None)
        {
            Log.Began(logger, cause);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "Nothing can be written. Requests that would write are refused until writing is possible again; the service keeps trying.")]
        public static partial void Began(ILogger logger, Exception cause);

        [LoggerMessage(1501, LogLevel.Critical, "The open database is no longer at {Database}: it, or a directory above it, was removed, moved or replaced. Nothing is read or written. Put the same files back and the service continues by itself. If they cannot be put back: what was open is still in /proc/{ProcessId}/fd while this process runs; save it, then stop the process, restore the database and start it again.")]
        public static partial void Displaced(ILogger logger, string database, int processId);

        [LoggerMessage(1502, LogLevel.Critical, "The write-ahead log {Log} was removed. Everything that was committed has been moved into the database. Nothing is read or written until the service is stopped and started again.")]
        public static partial void LogRemovedButMoved(ILogger logger, string log);

        [LoggerMessage(1503, LogLevel.Critical, "The write-ahead log {Log} or the index beside it was removed or replaced, and the database may lack what was committed last. Nothing is read or written. What was open is still in /proc/{ProcessId}/fd while this process runs: save it before anything else. Then stop the service, run 'database check', and start it again.")]
        public static partial void LogRemoved(ILogger logger, string log, int processId);

        [LoggerMessage(1504, LogLevel.Critical, "The lock beside {Database} was removed or replaced, so that a second process may be serving the same database. Nothing is read or written until this one is stopped. Look for the other one, and start one of them.")]
        public static partial void LockRemoved(ILogger logger, string database);

        [LoggerMessage(1505, LogLevel.Critical, "The database {Database} was emptied. Nothing is read or written. Stop the service, restore the database and start it again.")]
        public static partial void Emptied(ILogger logger, string database);

        [LoggerMessage(1302, LogLevel.Warning, "Writing is possible again.")]
        public static partial void Ended(ILogger logger);
    }
}
