using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// A time in which nothing can be written: the disk is full or read-only, another process holds the database, or a reader keeps the
/// log from starting over until it is too long. It begins with the first commit that fails so, and ends with the first try of the
/// writer's own that succeeds; in between nobody waits. The writer's thread begins and ends it, anyone may ask.
/// </summary>
/// <param name="databaseFile">Where the database is.</param>
/// <param name="largestLog">Longest that the write-ahead log may become, in bytes.</param>
/// <param name="checkpointer">Whoever keeps the log short.</param>
/// <param name="logger">Hears of the beginning and the end.</param>
internal sealed partial class WriterOutage(string databaseFile, long largestLog, Checkpointer checkpointer, ILogger logger)
{
    /// <summary>How often the writer tries whether it is over, when nobody asks.</summary>
    public static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(250);

    private volatile UnavailableException? _cause;

    /// <summary>What is in the way; null when nothing is.</summary>
    public UnavailableException? Cause => _cause;

    /// <summary>Begins one if the fault is none of the work's.</summary>
    /// <returns>The fault, as callers are to hear it.</returns>
    public Exception BeginIfOutside(Exception exception)
    {
        var told = exception is SqliteException fault ? SqliteFaults.ToUnavailable(fault) : exception;
        if (told is UnavailableException cause)
        {
            Begin(cause);
        }

        return told;
    }

    /// <summary>Begins one when the log has outgrown its limit: the disk is to be left to others.</summary>
    public void BeginIfLogIsTooLong()
    {
        if (checkpointer.LogLength > largestLog)
        {
            Begin(LogIsTooLong());
        }
    }

    /// <summary>To be called before each batch: during an outage, tries whether it is over, and waits for nobody in this.</summary>
    /// <exception cref="UnavailableException">It is not.</exception>
    /// <exception cref="SqliteException">It is not.</exception>
    public void EndIfOver(SqliteConnection connection, WriterTransaction transaction)
    {
        if (_cause is not { } cause)
        {
            return;
        }

        if (IsFullDisk(cause) && !WriteProbe.HasRoomBeside(databaseFile))
        {
            throw cause.Again();
        }

        BusyWait.Within(connection, TimeSpan.Zero, () => Try(connection, transaction));
        _cause = null;
        Log.Ended(logger);
    }

    private static bool IsFullDisk(UnavailableException cause) => cause.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL };

    private static UnavailableException LogIsTooLong() => new("A reader keeps the log of the database from starting over.");

    private bool Try(SqliteConnection connection, WriterTransaction transaction)
    {
        // Also where the log is not what is wrong: a shorter one may make the room that lacks.
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
        if (isNew)
        {
            Log.Began(logger, cause);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "Nothing can be written. Requests that would are refused until it can; it is tried again by itself.")]
        public static partial void Began(ILogger logger, Exception cause);

        [LoggerMessage(1302, LogLevel.Warning, "Writing is possible again.")]
        public static partial void Ended(ILogger logger);
    }
}
