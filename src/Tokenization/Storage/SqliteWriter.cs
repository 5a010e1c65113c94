using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The one writer (DESIGN D16; docs/adr/0003-durability.md): a thread with its own connection takes whatever is waiting,
/// commits it together, and answers each caller after the commit has returned. While one commit is on its way to the disk the next batch
/// collects by itself, so a lone request waits for nobody.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 8192;
    private const int LargestBatch = 256;
    private readonly Channel<IWork> _queue = Channel.CreateBounded<IWork>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Func<SqliteConnection> _open;
    private readonly Checkpointer _checkpointer;
    private readonly Thread _thread;

    public SqliteWriter(Func<SqliteConnection> open, string logPath)
    {
        _open = open;
        _checkpointer = new Checkpointer(open, logPath);
        _thread = new Thread(Run) { IsBackground = true, Name = "vault writer" };
        _thread.Start();
    }

    private interface IWork
    {
        /// <summary>Does the work inside the batch's transaction, as a part that fails alone.</summary>
        void Do(SqliteConnection connection);

        /// <summary>Tells the caller how it went, once the batch is on disk and no transaction is open.</summary>
        void Answer(SqliteConnection connection);

        /// <summary>Tells the caller that nothing was stored.</summary>
        void Fail(Exception exception);
    }

    public bool IsRunning => _thread.IsAlive;

    /// <exception cref="UnavailableException">The queue is full.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = new Work<T>(work);
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Runs something on the writer's connection that cannot be part of a transaction.</summary>
    /// <exception cref="UnavailableException">The queue is full.</exception>
    public Task<T> RunBetweenBatchesAsync<T>(Func<SqliteConnection, T> work)
    {
        var item = new Interlude<T>(work);
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Finishes what was accepted, and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
        _checkpointer.Dispose();
    }

    private void Enqueue(IWork item)
    {
        if (!_queue.Writer.TryWrite(item))
        {
            throw new UnavailableException("More is being written than the disk can take.");
        }
    }

    private void Run()
    {
        using var connection = _open();
        var batch = new List<IWork>(LargestBatch);
        while (WaitForWork())
        {
            batch.Clear();
            try
            {
                using (var transaction = connection.BeginTransaction(deferred: false))
                {
                    while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var work))
                    {
                        batch.Add(work);
                        work.Do(connection);
                    }

                    transaction.Commit();
                }

                batch.ForEach(work => work.Answer(connection));
                _checkpointer.AfterCommit(connection, batch.Count);
            }
            catch (Exception exception)
            {
                // Whatever it was: the batch is not on disk, and the writer goes on with the next one.
                FailAll(batch, exception is SqliteException fault ? SqliteFaults.ToUnavailable(fault) : exception);
            }
        }
    }

    // The thread is ours alone, so it may wait for the channel by blocking.
    private bool WaitForWork() => _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void FailAll(List<IWork> batch, Exception exception)
    {
        var isWhole = batch.Count == 0;
        // Where not even the transaction could begin, everyone who waits hears of it now, not one after another.
        while (batch.Count < QueueLength && isWhole && _queue.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }

        batch.ForEach(work => work.Fail(exception));
    }

    private sealed class Interlude<T>(Func<SqliteConnection, T> work) : IWork
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _answer.Task;

        public void Do(SqliteConnection connection)
        {
            // Its turn comes when the batch that it waited in is on disk.
        }

        public void Answer(SqliteConnection connection)
        {
            try
            {
                _answer.SetResult(work(connection));
            }
            catch (SqliteException exception)
            {
                _answer.SetException(SqliteFaults.ToUnavailable(exception));
            }
        }

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }

    private sealed class Work<T>(Func<SqliteConnection, T> work) : IWork
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _failure;
        private T _result = default!;

        public Task<T> Task => _answer.Task;

        public void Do(SqliteConnection connection)
        {
            Execute(connection, "SAVEPOINT work");
            try
            {
                _result = work(connection);
            }
            catch (Exception exception) when (!HasLostTransaction(connection))
            {
                _failure = exception is SqliteException fault ? SqliteFaults.ToUnavailable(fault) : exception;
                Execute(connection, "ROLLBACK TO work");
            }

            Execute(connection, "RELEASE work");
        }

        public void Answer(SqliteConnection connection)
        {
            if (_failure is null)
            {
                _answer.SetResult(_result);
            }
            else
            {
                _answer.SetException(_failure);
            }
        }

        public void Fail(Exception exception) => _answer.TrySetException(exception);

        // After a full disk and the like SQLite has rolled the whole transaction back: then the batch fails, not this alone.
        private static bool HasLostTransaction(SqliteConnection connection) => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0;

        private static void Execute(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
