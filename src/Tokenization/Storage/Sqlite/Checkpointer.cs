using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database in two steps (DESIGN D16): a thread of its own does most of the work beside
/// the writer, then the writer finishes the small rest between two batches, so that the log starts over and stays small.
/// Left to itself SQLite would make one request wait for all of it; done in the background alone the log would grow for ever.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    // 4 MiB of log. Pages and not writes: one write may be a row or five hundred.
    private const int PagesBetweenCheckpoints = 1024;

    // What the writer finishes itself while everyone waits: 1 MiB, some milliseconds. While more was written beside a step in the
    // background there is another one, but not for ever: the writer may be quicker.
    private const int PagesLeftToTheWriter = 256;
    private const int StepsInTheBackground = 4;

    // The log starts over when nobody reads from it. Past 32 MiB the writer no longer hopes to meet such a moment, and waits a little.
    private const int PagesBeforeWaiting = 8192;
    private static readonly TimeSpan s_waitToStartOver = TimeSpan.FromMilliseconds(25);

    // A reader that is in the way of emptying the log is tried again a round later: nobody's write shall wait for it.
    private static readonly TimeSpan s_waitToEmpty = TimeSpan.FromMilliseconds(250);

    // How long scans are waited for, and kept waiting, where one after another they keep a log of that length from starting over.
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

        /// <summary>The thread has work, or works.</summary>
        Background,

        /// <summary>The writer is to finish.</summary>
        Rest,
    }

    /// <summary>Length of the log's file in bytes, looked at now.</summary>
    public long LogLength
    {
        get
        {
            _log.Refresh();
            return _log.Exists ? _log.Length : 0;
        }
    }

    /// <summary>Moves the whole log into the database and cuts the file to nothing; false when readers held it open for longer than a moment.</summary>
    public static bool EmptyLog(SqliteConnection connection) => BusyWait.Within(connection, s_waitToEmpty, () => TryEmptyLog(connection));

    /// <summary>The same, as the connection's patience is.</summary>
    public static bool TryEmptyLog(SqliteConnection connection) => Checkpoint(connection, raw.SQLITE_CHECKPOINT_TRUNCATE) is not null;

    /// <summary>Moves the whole log into the database, waiting for nobody; false when some of it is left.</summary>
    public static bool TryMoveLog(SqliteConnection connection) => Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE) is { Left: 0 };

    /// <summary>To be called by the writer, outside of a transaction, with the number of pages that it has written since.</summary>
    /// <returns>Whether so much was written since the last time that the length of the log may be worth a look.</returns>
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

    // Pages in the log, and how many of them are not in the database yet. Null where someone else is in the way, or the disk: then
    // the log keeps everything until a later one succeeds. A fault of the disk is the writer's to report, at its next commit.
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

        // A reader holds the rest: the writer could not finish either, and the longer the log is, the more it costs to try.
        var isHeld = result is { Left: > PagesLeftToTheWriter };
        _interval = isHeld ? Math.Max(PagesBetweenCheckpoints, result!.Value.Log / 4) : PagesBetweenCheckpoints;
        _stage = isHeld ? Stage.Resting : Stage.Rest;
        return result;
    }
}
