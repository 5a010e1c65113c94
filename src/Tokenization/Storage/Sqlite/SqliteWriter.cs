using System.Threading.Channels;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The one writer (DESIGN D16; docs/adr/0003-durability.md): a thread with its own connection takes what is waiting,
/// commits it together, and answers each caller after the commit has returned. While one commit is on its way to the disk the next batch
/// collects by itself, so a lone request waits for nobody. Once a commit failed for a reason outside of the work, everything is refused
/// at once until a try of the writer's own succeeds: see <see cref="WriterOutage"/>. Before each batch and before it is answered the writer
/// looks whether the files are still where they were opened, so that nothing is acknowledged that is on no reachable file.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 8192;
    private const int LargestBatch = 256;
    private const int BatchesBetweenLooksAtAll = 64;

    // Anyone who writes wakes the writer's thread itself: nothing but that thread's waiting hangs on the queue, and a detour over
    // the thread pool would come first otherwise.
    private readonly Channel<IWriterWork> _queue = Channel.CreateBounded<IWriterWork>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, AllowSynchronousContinuations = true });

    // When nobody writes: reads of what was taken away shall end too, within two seconds.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(500);

    private readonly SqliteConnection _connection;
    private readonly Checkpointer _checkpointer;
    private readonly WriterOutage _outage;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;
    private Task<bool>? _waiting;
    private long _lastCommit;

    /// <summary>Begins to write on a connection, which is the writer's own from now on.</summary>
    public SqliteWriter(SqliteConnection connection, WriterOutage outage, Checkpointer checkpointer, TimeProvider clock)
    {
        (_connection, _outage, _checkpointer, _clock) = (connection, outage, checkpointer, clock);
        _lastCommit = clock.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "vault writer" };
        _thread.Start();
    }

    public bool IsRunning => _thread.IsAlive;

    /// <summary>How long ago something was committed.</summary>
    public TimeSpan SinceLastCommit => _clock.GetElapsedTime(Volatile.Read(ref _lastCommit));

    /// <summary>As <see cref="IDatabase.WriteAsync"/> has it.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work) => EnqueueUnlessOut(new WriterWork<T>(work));

    /// <summary>Runs something on the writer's connection that cannot be part of a transaction.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<T> RunBetweenBatchesAsync<T>(Func<SqliteConnection, T> work) => EnqueueUnlessOut(new WriterWork<T>(work, betweenBatches: true));

    /// <summary>Writes a page that changes nothing; during an outage the writer tries at once whether it is over.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<bool> ProbeAsync() => Enqueue(new WriterWork<bool>(WriteProbe.WritePage));

    /// <summary>Finishes what was accepted, and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
        _checkpointer.Dispose();
    }

    private Task<T> EnqueueUnlessOut<T>(WriterWork<T> work) => _outage.Cause is { } cause ? throw cause.Again() : Enqueue(work);

    private Task<T> Enqueue<T>(WriterWork<T> work)
    {
        if (!_queue.Writer.TryWrite(work))
        {
            throw new UnavailableException("More is being written than the disk can take.");
        }

        return work.Task;
    }

    private void Run()
    {
        using var connection = _connection;
        using var transaction = new WriterTransaction(connection);
        var batch = new List<IWriterWork>(LargestBatch);
        var batches = 0L;
        while (WaitForWork())
        {
            batch.Clear();
            try
            {
                var hasWork = _queue.Reader.TryPeek(out _);
                _outage.ThrowIfDisplaced(connection, all: !hasWork || ++batches % BatchesBetweenLooksAtAll == 0);
                _outage.EndIfOver(connection, transaction);
                if (hasWork)
                {
                    Commit(connection, transaction, batch);
                    _outage.ThrowIfDisplaced(connection, all: false);
                    Volatile.Write(ref _lastCommit, _clock.GetTimestamp());
                    batch.ForEach(work => work.DoBetweenBatches(connection));
                }
            }
            catch (Exception exception)
            {
                // In any case the batch is not where it would be found again, and the writer goes on with the next one.
                FailAll(transaction, batch, _outage.BeginIfOutside(exception));
            }

            batch.ForEach(work => work.Answer());
            if (_checkpointer.AfterCommit(connection, transaction.TakePagesWritten()))
            {
                _outage.BeginIfLogIsTooLong();
            }
        }
    }

    // The thread is ours alone, so it may wait for the channel by blocking. It comes back by itself to look, and during an outage to try again.
    private bool WaitForWork()
    {
        _waiting ??= _queue.Reader.WaitToReadAsync().AsTask();
        if (!_waiting.Wait(_outage.Cause is null ? s_lookEvery : WriterOutage.TryEvery))
        {
            return true;
        }

        var hasWork = _waiting.Result;
        _waiting = null;
        return hasWork;
    }

    private void Commit(SqliteConnection connection, WriterTransaction transaction, List<IWriterWork> batch)
    {
        transaction.Begin();
        if (!TryDoTogether(connection, batch))
        {
            transaction.UndoIfOpen();
            transaction.Begin();
            DoEachAlone(connection, transaction, batch);
        }

        transaction.Commit();
    }

    // The usual way: nothing fails. A part of its own for each piece of work would cost two statements and copies of pages.
    private bool TryDoTogether(SqliteConnection connection, List<IWriterWork> batch)
    {
        try
        {
            while (TryTake(batch) is { } work)
            {
                work.Do(connection);
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // One has failed. Now each is a part that can be undone, so that it fails alone; what has come since joins in the same way.
    private void DoEachAlone(SqliteConnection connection, WriterTransaction transaction, List<IWriterWork> batch)
    {
        for (var i = 0; i < batch.Count || TryTake(batch) is not null; i++)
        {
            transaction.BeginPart();
            try
            {
                batch[i].Do(connection);
            }
            catch (Exception exception) when (transaction.IsOpen)
            {
                transaction.UndoPart();
                batch[i].Fail(exception);
            }

            transaction.KeepPart();
        }
    }

    private IWriterWork? TryTake(List<IWriterWork> batch)
    {
        if (batch.Count == LargestBatch || !_queue.Reader.TryRead(out var work))
        {
            return null;
        }

        batch.Add(work);
        return work;
    }

    private void FailAll(WriterTransaction transaction, List<IWriterWork> batch, Exception exception)
    {
        transaction.UndoIfOpen();
        if (_outage.Cause is not null)
        {
            // Everyone who waits hears of it now, not one after another.
            while (_queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }
        }

        batch.ForEach(work => work.Fail(exception));
    }
}
