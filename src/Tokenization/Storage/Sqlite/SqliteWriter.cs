using System.Data.Common;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Sqlite;

/// <summary>
/// The only writer (DESIGN D16; docs/adr/0003-durability.md): a thread with its own connection takes the waiting work, commits it together,
/// and answers each caller after the commit has returned. While one commit is on its way to the disk the next batch collects, so a lone request
/// waits for no other. After a commit has failed for a reason outside of the work, all work is refused immediately until an attempt of the writer itself
/// succeeds: see <see cref="WriterOutage"/>. Before each batch, and before its callers are answered, the writer checks that the files are still where they
/// were opened, so that it acknowledges nothing that is not in a reachable file.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int BatchesBetweenLooksAtAll = 64;

    private readonly WriterQueue _queue = new("More data is being written than the disk can take.");

    // How often the files are checked while there are no writes: reads of displaced files must end too, within two seconds.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(500);

    private readonly SqliteConnection _connection;
    private readonly Checkpointer _checkpointer;
    private readonly WriterOutage _outage;
    private readonly WriterMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;
    private long _lastCommit;

    /// <summary>Starts the writer on a connection, which it owns from now on.</summary>
    public SqliteWriter(SqliteConnection connection, WriterOutage outage, Checkpointer checkpointer, WriterMetrics metrics, TimeProvider clock)
    {
        (_connection, _outage, _checkpointer, _metrics, _clock) = (connection, outage, checkpointer, metrics, clock);
        metrics.Watch(() => _queue.Count, () => checkpointer.LogLength, () => outage.Cause is not null);
        _lastCommit = clock.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "vault writer" };
        _thread.Start();
    }

    public bool IsRunning => _thread.IsAlive;

    /// <summary>The time since the last commit.</summary>
    public TimeSpan SinceLastCommit => _clock.GetElapsedTime(Volatile.Read(ref _lastCommit));

    /// <summary>Does what <see cref="IDatabase.WriteAsync"/> describes.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<T> WriteAsync<T>(Func<DbConnection, T> work) => EnqueueUnlessOut(new WriterWork<T>(TenantScope.Service, work));

    /// <summary>Runs work on the writer's connection that cannot be part of a transaction.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<T> RunBetweenBatchesAsync<T>(Func<SqliteConnection, T> work) => EnqueueUnlessOut(new WriterWork<T>(TenantScope.Service, connection => RunAlone(work, connection), betweenBatches: true));

    /// <summary>Writes a page without changing anything; during an outage the writer immediately tests whether it is over.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<bool> ProbeAsync() => _queue.Enqueue(new WriterWork<bool>(TenantScope.Service, connection => WriteProbe.WritePage((SqliteConnection)connection)));

    /// <summary>Stops accepting work, and finishes the work that was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await Task.Run(_thread.Join);
        _checkpointer.Dispose();
    }

    private static T RunAlone<T>(Func<SqliteConnection, T> work, DbConnection connection)
    {
        try
        {
            return work((SqliteConnection)connection);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.ToUnavailable(fault);
        }
    }

    private Task<T> EnqueueUnlessOut<T>(WriterWork<T> work) => _outage.Cause is { } cause ? throw cause.Again() : _queue.Enqueue(work);

    private void Run()
    {
        using var connection = _connection;
        using var transaction = new WriterTransaction(connection);
        var batch = new List<IWriterWork>(WriterQueue.LargestBatch);
        var batches = 0L;
        while (WaitForWork())
        {
            batch.Clear();
            try
            {
                var hasWork = _queue.HasWork;
                _outage.ThrowIfDisplaced(connection, all: !hasWork || ++batches % BatchesBetweenLooksAtAll == 0);
                _outage.EndIfOver(connection, transaction);
                if (hasWork)
                {
                    var began = _clock.GetTimestamp();
                    Commit(connection, transaction, batch);
                    _outage.ThrowIfDisplaced(connection, all: false);
                    var committed = _clock.GetTimestamp();
                    Volatile.Write(ref _lastCommit, committed);
                    _metrics.Committed(batch.Count, _clock.GetElapsedTime(began, committed));
                    batch.ForEach(work => work.DoBetweenBatches(connection));
                }
            }
            catch (Exception exception)
            {
                // In any case the batch is not in a place where it can be found again. The writer continues with the next one.
                FailAll(transaction, batch, _outage.BeginIfOutside(exception));
                _metrics.Failed();
            }

            batch.ForEach(work => work.Answer());
            if (_checkpointer.AfterCommit(connection, transaction.TakePagesWritten()))
            {
                _outage.BeginIfLogIsTooLong();
            }
        }
    }

    // The wait ends by itself to check the files, and during an outage to try again.
    private bool WaitForWork() => _queue.Wait(_outage.Cause is null ? s_lookEvery : WriterOutage.TryEvery);

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

    // The usual case: nothing fails. A savepoint for each piece of work would cost two statements and copies of pages.
    private bool TryDoTogether(SqliteConnection connection, List<IWriterWork> batch)
    {
        try
        {
            while (_queue.TryTake(batch) is { } work)
            {
                work.Do(connection);
            }

            connection.CommitStates().Finish(connection);
            return true;
        }
        catch (Exception)
        {
            connection.CommitStates().Drop();
            return false;
        }
    }

    // A piece of work has failed. Now each gets a savepoint, so that it fails alone; work that has arrived since joins in the same way.
    private void DoEachAlone(SqliteConnection connection, WriterTransaction transaction, List<IWriterWork> batch)
    {
        for (var i = 0; i < batch.Count || _queue.TryTake(batch) is not null; i++)
        {
            transaction.BeginPart();
            try
            {
                batch[i].Do(connection);
                connection.CommitStates().Finish(connection);
            }
            catch (Exception exception) when (transaction.IsOpen)
            {
                connection.CommitStates().Drop();
                transaction.UndoPart();
                batch[i].Fail(SqliteFaults.Told(exception));
            }

            transaction.KeepPart();
        }
    }

    private void FailAll(WriterTransaction transaction, List<IWriterWork> batch, Exception exception)
    {
        _connection.CommitStates().Drop();
        transaction.UndoIfOpen();
        if (_outage.Cause is not null)
        {
            // Fails all waiting work now rather than one batch after another.
            _queue.TakeAll(batch);
        }

        batch.ForEach(work => work.Fail(exception));
    }
}
