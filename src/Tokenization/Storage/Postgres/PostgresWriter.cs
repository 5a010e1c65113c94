using System.Data.Common;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// The only writer of this process, like SQLite's (DESIGN D16; docs/adr/0035-postgresql.md): a thread with its own connection takes the
/// waiting work, commits it together, and answers each caller after the commit has returned. Batches of several processes wait for each other,
/// so that the data that work reads does not change before its commit. If the answer of a commit is lost, the writer finds out its outcome before it answers.
/// </summary>
internal sealed partial class PostgresWriter : IAsyncDisposable
{
    // How long a node may pause within its batch while the batches of all nodes wait for it, in milliseconds.
    private const int LongestPause = 5000;

    // How often the writer tests whether an outage is over.
    private static readonly TimeSpan s_tryEvery = TimeSpan.FromMilliseconds(250);

    private readonly WriterQueue _queue = new("More data is being written than the database can take.");

    private readonly Func<PostgresConnection> _open;
    private readonly CommitInDoubt _doubt;
    private readonly string _durability;
    private readonly WriterMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private PostgresConnection? _connection;
    private volatile UnavailableException? _cause;
    private long _lastCommit;

    /// <param name="open">Opens a connection to write on.</param>
    /// <param name="doubt">Finds out the outcome of commits whose answer was lost.</param>
    /// <param name="durability">When a commit returns: <see cref="StorageOptions.SynchronousCommit"/>.</param>
    /// <param name="metrics">Records each commit.</param>
    /// <param name="clock">Measures the duration of commits.</param>
    /// <param name="logger">Logs the beginning and the end of an outage.</param>
    public PostgresWriter(Func<PostgresConnection> open, CommitInDoubt doubt, CommitDurability durability, WriterMetrics metrics, TimeProvider clock, ILogger logger)
    {
        (_open, _doubt, _metrics, _clock, _logger) = (open, doubt, metrics, clock, logger);
        _durability = durability == CommitDurability.RemoteApply ? "remote_apply" : "on";
        metrics.Watch(() => _queue.Count, () => 0, () => _cause is not null);
        _lastCommit = clock.GetTimestamp();
        _connection = open(); // so that an unavailable database is noticed at the start, and other processes see that it is in use
        _thread = new Thread(Run) { IsBackground = true, Name = "vault writer" };
        _thread.Start();
    }

    public bool IsRunning => _thread.IsAlive;

    /// <summary>Why nothing can be written; null while it can.</summary>
    public UnavailableException? Cause => _cause;

    /// <summary>The time since the last commit.</summary>
    public TimeSpan SinceLastCommit => _clock.GetElapsedTime(Volatile.Read(ref _lastCommit));

    /// <summary>Does what <see cref="IDatabase.WriteAsync"/> describes.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<T> WriteAsync<T>(TenantScope scope, Func<DbConnection, T> work) => _cause is { } cause ? throw cause.Again() : _queue.Enqueue(new WriterWork<T>(scope, work));

    /// <summary>Commits work that changes nothing; during an outage the writer immediately tests whether it is over.</summary>
    /// <exception cref="UnavailableException">The queue is full, or nothing can be written.</exception>
    public Task<bool> ProbeAsync() => _queue.Enqueue(new WriterWork<bool>(TenantScope.Service, _ => true));

    /// <summary>Stops accepting work, and finishes the work that was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await Task.Run(_thread.Join);
    }

    private void Run()
    {
        var batch = new List<IWriterWork>(WriterQueue.LargestBatch);
        while (_queue.Wait(_cause is null ? Timeout.InfiniteTimeSpan : s_tryEvery))
        {
            batch.Clear();
            try
            {
                if (_queue.HasWork || _cause is not null)
                {
                    var began = _clock.GetTimestamp();
                    Commit(batch);
                    var committed = _clock.GetTimestamp();
                    Volatile.Write(ref _lastCommit, committed);
                    _metrics.Committed(batch.Count, _clock.GetElapsedTime(began, committed));
                    EndOutage();
                }
            }
            catch (Exception exception)
            {
                // The batch is not in a place where it can be found again. The writer continues with the next one on a new connection.
                FailAll(batch, exception);
                _metrics.Failed();
            }

            batch.ForEach(work => work.Answer());
        }

        _connection?.Dispose();
    }

    private void Commit(List<IWriterWork> batch)
    {
        var (connection, id) = Begin();
        if (!TryDoTogether(connection, batch))
        {
            connection.Run("ROLLBACK");
            id = Begin(connection);
            DoEachAlone(connection, batch);
        }

        try
        {
            connection.Run("SELECT; COMMIT"); // the SELECT fails in a failed transaction, where COMMIT alone would silently roll back
        }
        catch (Exception lost) when (lost is NpgsqlException and not PostgresException or IOException or TimeoutException)
        {
            if (!_doubt.WasCommitted(id))
            {
                throw;
            }

            DropConnection();
        }
    }

    // An idle connection may have lost its server meanwhile. No work was done on it yet, so a new one is opened.
    private (PostgresConnection Connection, long Id) Begin()
    {
        if (_connection is { } idle)
        {
            try
            {
                return (idle, Begin(idle));
            }
            catch (Exception exception) when (PostgresFaults.Told(exception) is UnavailableException)
            {
                DropConnection();
            }
        }

        _connection = _open();
        return (_connection, Begin(_connection));
    }

    /// <summary>
    /// Begins a batch: waits for the earlier batches of all nodes, and returns the id of its transaction. The batch prefers indexes to sequential scans: the check of a foreign key is
    /// planned once in a session, possibly while the table is empty, and a plan with a sequential scan would remain as the table grows.
    /// </summary>
    internal static string BeginSql(string durability) => $"""
        BEGIN;
        SET LOCAL synchronous_commit TO {durability};
        SET LOCAL enable_seqscan TO off;
        SET LOCAL jit TO off;
        SET LOCAL idle_in_transaction_session_timeout TO {LongestPause};
        SELECT pg_advisory_xact_lock({PostgresDatabase.LockOfWriters});
        SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)
        """;

    // One round trip. The lock is released when the transaction ends in any way; if this process dies in between, the server ends the transaction soon.
    private long Begin(PostgresConnection connection)
    {
        using var command = new NpgsqlCommand(BeginSql(_durability), connection.Inner);
        using var reader = command.ReadWhole();
        reader.NextResult();
        reader.Read();
        return reader.GetInt64(0);
    }

    // The usual case: nothing fails. A savepoint for each piece of work would cost two round trips.
    private bool TryDoTogether(PostgresConnection connection, List<IWriterWork> batch)
    {
        try
        {
            while (_queue.TryTake(batch) is { } work)
            {
                Do(connection, work);
            }

            FinishPart(connection);
            return true;
        }
        catch (Exception exception) when (PostgresFaults.Told(exception) is not UnavailableException)
        {
            DropPart(connection);
            return false;
        }
    }

    // A piece of work has failed. Now each gets a savepoint, so that it fails alone; work that has arrived since joins in the same way.
    private void DoEachAlone(PostgresConnection connection, List<IWriterWork> batch)
    {
        for (var i = 0; i < batch.Count || _queue.TryTake(batch) is not null; i++)
        {
            connection.Run("SAVEPOINT part");
            try
            {
                Do(connection, batch[i]);
                FinishPart(connection);
            }
            catch (Exception exception) when (PostgresFaults.Told(exception) is not UnavailableException)
            {
                DropPart(connection);
                connection.Run("ROLLBACK TO part");
                batch[i].Fail(exception);
            }

            connection.Run("RELEASE part");
        }
    }

    private static void Do(PostgresConnection connection, IWriterWork work)
    {
        (connection.Scope, connection.FollowsIndexOrder) = (work.Scope, false);
        work.Do(connection);
    }

    private static void FinishPart(PostgresConnection connection)
    {
        connection.CommitStates.Finish(connection);
        connection.Later.Send();
    }

    private static void DropPart(PostgresConnection connection)
    {
        connection.CommitStates.Drop();
        connection.Later.Drop();
    }

    private void FailAll(List<IWriterWork> batch, Exception exception)
    {
        DropConnection();
        var told = PostgresFaults.Told(exception);
        if (told is UnavailableException cause)
        {
            BeginOutage(cause);

            // Fails all waiting work now rather than one batch after another.
            _queue.TakeAll(batch);
        }

        batch.ForEach(work => work.Fail(told));
    }

    private void DropConnection()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void BeginOutage(UnavailableException cause)
    {
        if (_cause is null)
        {
            Log.Began(_logger, cause);
        }

        _cause = cause;
    }

    private void EndOutage()
    {
        if (_cause is not null)
        {
            _cause = null;
            Log.Ended(_logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1306, LogLevel.Error, "The database does not accept writes. Requests that would write are refused until it does; the service keeps trying.")]
        public static partial void Began(ILogger logger, Exception cause);

        [LoggerMessage(1307, LogLevel.Warning, "The database accepts writes again.")]
        public static partial void Ended(ILogger logger);
    }
}
