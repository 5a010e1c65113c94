using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database in two steps (DESIGN D16): a separate thread does most of the work in parallel with
/// the writer, then the writer finishes the small rest between two batches, so that the log restarts and stays small.
/// SQLite's automatic checkpoint would make one request wait for all of the work; with background work alone the log would grow forever.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    // 4 MiB of log. Counts pages rather than writes, because one write may be one row or five hundred.
    private const int PagesBetweenCheckpoints = 1024;

    // What the writer finishes itself while all callers wait: 1 MiB, a few milliseconds. If more than that was written during a background step,
    // another step follows, but only a limited number of times: the writer may be faster than the checkpointer.
    private const int PagesLeftToTheWriter = 256;
    private const int StepsInTheBackground = 4;

    // The log restarts when no reader uses it. Past 32 MiB the writer no longer relies on such a moment to come by chance, and waits briefly for one.
    private const int PagesBeforeWaiting = 8192;
    private static readonly TimeSpan s_waitToStartOver = TimeSpan.FromMilliseconds(25);

    // If a reader blocks emptying the log, the next round tries again: no write should wait for a reader.
    private static readonly TimeSpan s_waitToEmpty = TimeSpan.FromMilliseconds(250);

    // How long to wait for running scans, and how long to hold back new ones, when successive scans keep a log of that length from restarting.
    private static readonly TimeSpan s_waitForScans = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_waitForTheWriter = TimeSpan.FromMilliseconds(100);

    private readonly Func<SqliteConnection> _open;
    private readonly FileInfo _log;
    private readonly ScanGate _scans;
    private readonly AutoResetEvent _wake = new(false);
    private readonly AutoResetEvent _finished = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile Stage _stage;
    private int _interval = PagesBetweenCheckpoints;
    private long _pages;
    private long _pagesAtLast;
    private long _pagesAtLook;

    public Checkpointer(Func<SqliteConnection> open, string logPath, ScanGate scans)
    {
        (_open, _scans) = (open, scans);
        _log = new FileInfo(logPath);
        _thread = new Thread(Run) { IsBackground = true, Name = "vault checkpointer" };
        _thread.Start();
    }

    private enum Stage
    {
        /// <summary>The log is short.</summary>
        Resting,

        /// <summary>The background thread has work to do or is doing it.</summary>
        Background,

        /// <summary>The writer has to finish the rest.</summary>
        Rest,
    }

    /// <summary>The current length of the log's file in bytes.</summary>
    public long LogLength
    {
        get
        {
            _log.Refresh();
            return _log.Exists ? _log.Length : 0;
        }
    }

    /// <summary>Moves the whole log into the database and truncates the file to zero bytes; false if readers held it for longer than a moment.</summary>
    public static bool EmptyLog(SqliteConnection connection) => BusyWait.Within(connection, s_waitToEmpty, () => TryEmptyLog(connection));

    /// <summary>Does the same as <see cref="EmptyLog"/> with the connection's own busy timeout.</summary>
    public static bool TryEmptyLog(SqliteConnection connection) => Checkpoint(connection, raw.SQLITE_CHECKPOINT_TRUNCATE) is not null;

    /// <summary>Moves the log into the database without waiting; false if some of it is left.</summary>
    public static bool TryMoveLog(SqliteConnection connection) => Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE) is { Left: 0 };

    /// <summary>The writer calls this outside of a transaction, with the number of pages written since the last call.</summary>
    /// <returns>Whether enough was written since the last such result that the length of the log should be checked.</returns>
    public bool AfterCommit(SqliteConnection connection, int pages)
    {
        var written = Interlocked.Add(ref _pages, pages);
        if (_stage == Stage.Rest)
        {
            _pagesAtLast = written;
            Finish(connection);
            _stage = Stage.Resting;
            _finished.Set();
        }
        else if (_stage == Stage.Resting && written - _pagesAtLast >= _interval)
        {
            _pagesAtLast = written;
            _stage = Stage.Background;
            _wake.Set();
        }

        if (written - _pagesAtLook < PagesBetweenCheckpoints)
        {
            return false;
        }

        _pagesAtLook = written;
        return true;
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _finished.Dispose();
    }

    private static void Finish(SqliteConnection connection)
    {
        if (Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE) is { Left: 0, Log: > PagesBeforeWaiting })
        {
            BusyWait.Within(connection, s_waitToStartOver, () => Checkpoint(connection, raw.SQLITE_CHECKPOINT_RESTART));
        }
    }

    // The number of pages in the log, and how many of them are not in the database yet. Null if another connection or the disk prevents the checkpoint:
    // then the log keeps everything until a later one succeeds. The writer reports a disk fault at its next commit.
    private static (int Log, int Left)? Checkpoint(SqliteConnection connection, int mode) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out var log, out var moved) == raw.SQLITE_OK ? (log, log - moved) : null;

    private void Run()
    {
        using var connection = _open();
        while (_wake.WaitOne() && !_stopping)
        {
            if (MoveMost(connection) is { Left: > PagesLeftToTheWriter, Log: > PagesBeforeWaiting } && _scans.TryClose(s_waitForScans))
            {
                _finished.Reset();
                MoveMost(connection);
                _ = _stage == Stage.Rest && _finished.WaitOne(s_waitForTheWriter);
                _scans.Open();
            }
        }
    }

    private (int Log, int Left)? MoveMost(SqliteConnection connection)
    {
        var (step, written) = (0, 0L);
        (int Log, int Left)? result;
        do
        {
            written = Interlocked.Read(ref _pages);
            result = Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE);
        }
        while (++step < StepsInTheBackground && Interlocked.Read(ref _pages) - written > PagesLeftToTheWriter);

        // A reader holds the rest. The writer could not finish it either, and each attempt costs more the longer the log is.
        var isHeld = result is { Left: > PagesLeftToTheWriter };
        _interval = isHeld ? Math.Max(PagesBetweenCheckpoints, result!.Value.Log / 4) : PagesBetweenCheckpoints;
        _stage = isHeld ? Stage.Resting : Stage.Rest;
        return result;
    }
}
