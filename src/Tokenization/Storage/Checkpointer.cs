using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Moves the write-ahead log into the database in two steps (DESIGN D16): a thread of its own does most of the work beside
/// the writer, then the writer finishes the small rest between two batches, so that the log starts over and stays small.
/// Left to itself SQLite would make one request wait for all of it; done in the background alone the log would grow for ever.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const int WritesBetweenCheckpoints = 1000;

    // A reader that never ends keeps the log from starting over. Past this size the writer waits for readers, within the
    // busy timeout, rather than let it fill the disk.
    private const long LargestLog = 256 * 1024 * 1024;

    private readonly Func<SqliteConnection> _open;
    private readonly FileInfo _log;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile bool _rest;
    private int _writes;

    public Checkpointer(Func<SqliteConnection> open, string logPath)
    {
        _open = open;
        _log = new FileInfo(logPath);
        _thread = new Thread(Run) { IsBackground = true, Name = "vault checkpointer" };
        _thread.Start();
    }

    /// <summary>Moves the whole log into the database and cuts the file to nothing; false when readers held it open.</summary>
    public static bool EmptyLog(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var result = command.ExecuteReader();
        return result.Read() && result.GetInt64(0) == 0;
    }

    /// <summary>To be called by the writer, outside of a transaction.</summary>
    public void AfterCommit(SqliteConnection connection, int writes)
    {
        _writes += writes;
        if (_rest)
        {
            _rest = false;
            _writes = 0;
            Checkpoint(connection);
            _log.Refresh();
            if (_log is { Exists: true, Length: > LargestLog })
            {
                EmptyLog(connection);
            }
        }
        else if (_writes >= WritesBetweenCheckpoints)
        {
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

    private static void Checkpoint(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        command.ExecuteNonQuery();
    }

    private void Run()
    {
        using var connection = _open();
        while (_wake.WaitOne() && !_stopping)
        {
            try
            {
                Checkpoint(connection);
                _rest = true;
            }
            catch (SqliteException)
            {
                // The log keeps everything until a later checkpoint succeeds; the writer meets the same fault and reports it.
            }
        }
    }
}
