using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Tokenization.Storage;

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

    private readonly Func<SqliteConnection> _open;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile Stage _stage;
    private long _pages;
    private long _pagesAtLast;

    public Checkpointer(Func<SqliteConnection> open)
    {
        _open = open;
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

    /// <summary>Moves the whole log into the database and cuts the file to nothing; false when readers held it open.</summary>
    public static bool EmptyLog(SqliteConnection connection) => Checkpoint(connection, raw.SQLITE_CHECKPOINT_TRUNCATE);

    /// <summary>To be called by the writer, outside of a transaction, with the number of pages that it has written since.</summary>
    public void AfterCommit(SqliteConnection connection, int pages)
    {
        var written = Interlocked.Add(ref _pages, pages);
        if (_stage == Stage.Rest)
        {
            _pagesAtLast = written;
            Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE);
            _stage = Stage.Resting;
        }
        else if (_stage == Stage.Resting && written - _pagesAtLast >= PagesBetweenCheckpoints)
        {
            _pagesAtLast = written;
            _stage = Stage.Background;
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    // False where someone else is in the way, or the disk: then the log keeps everything until a later one succeeds. A fault of the
    // disk is the writer's to report, when it meets it at the next commit.
    private static bool Checkpoint(SqliteConnection connection, int mode) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out _, out _) == raw.SQLITE_OK;

    private void Run()
    {
        using var connection = _open();
        while (_wake.WaitOne() && !_stopping)
        {
            var (step, written) = (0, 0L);
            do
            {
                written = Interlocked.Read(ref _pages);
                Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE);
            }
            while (++step < StepsInTheBackground && Interlocked.Read(ref _pages) - written > PagesLeftToTheWriter);

            _stage = Stage.Rest;
        }
    }
}
