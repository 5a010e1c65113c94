using Dapper;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Bench.Crash;

/// <summary>
/// Runs the engine where versions before <see cref="SqliteEngine.Oldest"/> corrupt databases: one connection checkpoints without a pause while
/// another commits and starts the log over, both set up as the product's own. For <c>crash</c>, on a database file of its own.
/// </summary>
/// <param name="databaseFile">Where the database is made. There must be none.</param>
internal sealed class LogStress(string databaseFile)
{
    // Some two rows to a page, so that each commit changes pages from all over the file.
    private const int Rows = 2048;
    private const int Ballast = 1800;
    private const int RowsOfACommit = 24;
    private const int CommitsBetweenRestarts = 16;
    private const int CommitsBetweenReports = 4096;
    private const int MostTimes = 20;

    // Coprime to the number of rows: all are reached, neighbours in turn far apart.
    private const int StepOfACommit = 1031;
    private const int StepWithin = 89;

    private readonly SqliteConnections _connections = new(SqliteConnections.TargetOf(databaseFile), mayTouchLog: () => true);
    private readonly long[] _expected = new long[Rows];
    private volatile bool _isOver;
    private long _restarts;

    /// <summary>How many pages went to the log so far.</summary>
    public long Frames { get; private set; }

    /// <summary>How many transactions were committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>How many checkpoints ran beside them. To be read once it is over.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>How often a checkpoint found the log shorter than the one before did: a commit had started it over.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    /// <summary>Writes until so many pages went to the log. Then every row must be as it was committed last, and the file whole, also for who opens it anew.</summary>
    /// <param name="frames">How many.</param>
    /// <param name="say">Hears now and then of the frames that were written.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is not as it must be, a sentence each; empty when all is well.</returns>
    public IReadOnlyList<string> Run(long frames, Action<long> say, CancellationToken ct)
    {
        PrivateFiles.Create(databaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite).Dispose();
        using (var writing = _connections.OpenForWriting())
        {
            Fill(writing);
            var checkpointing = new Thread(CheckpointBackToBack) { IsBackground = true, Name = "stress checkpointer" };
            checkpointing.Start();
            try
            {
                Write(writing, frames, say, ct);
            }
            finally
            {
                _isOver = true;
                checkpointing.Join();
            }

            if (FindFaults("while it was open") is { Count: > 0 } faults)
            {
                return faults;
            }
        }

        return FindFaults("after it was closed");
    }

    private static void Fill(SqliteConnection connection)
    {
        connection.Execute("CREATE TABLE stress (id INTEGER NOT NULL PRIMARY KEY, written INTEGER NOT NULL, ballast BLOB NOT NULL, again INTEGER NOT NULL) STRICT");
        connection.Execute(
            "WITH RECURSIVE ids (id) AS (SELECT 0 UNION ALL SELECT id + 1 FROM ids WHERE id + 1 < @Rows) INSERT INTO stress SELECT id, 0, randomblob(@Ballast), 0 FROM ids",
            new { Rows, Ballast });
    }

    private void Write(SqliteConnection connection, long frames, Action<long> say, CancellationToken ct)
    {
        using var transaction = new WriterTransaction(connection);
        using var update = new SqliteStatement(connection, $"UPDATE stress SET written = ?1, ballast = randomblob({Ballast}), again = ?1 WHERE id = ?2");
        transaction.TakePagesWritten();
        // On a busy machine the other thread may come late; without a restart of the log nothing was tried.
        while (Frames < frames || (Restarts == 0 && Frames < MostTimes * frames))
        {
            ct.ThrowIfCancellationRequested();
            Commits++;
            transaction.Begin();
            for (var i = 0; i < RowsOfACommit; i++)
            {
                var row = ((Commits * StepOfACommit) + (i * StepWithin)) % Rows;
                update.Bind(1, Commits).Bind(2, row).Execute();
                _expected[row] = Commits;
            }

            transaction.Commit();
            Frames += transaction.TakePagesWritten();
            if (Commits % CommitsBetweenRestarts == 0)
            {
                // As the product's writer does. A commit also starts the log over by itself when all of it was moved.
                Checkpoint(connection, raw.SQLITE_CHECKPOINT_RESTART);
            }

            if (Commits % CommitsBetweenReports == 0)
            {
                say(Frames);
            }
        }
    }

    private void CheckpointBackToBack()
    {
        using var connection = _connections.OpenForWriting();
        var before = 0;
        while (!_isOver)
        {
            if (Checkpoint(connection, raw.SQLITE_CHECKPOINT_PASSIVE) is { } length)
            {
                Checkpoints++;
                Interlocked.Add(ref _restarts, length < before ? 1 : 0);
                before = length;
            }
        }
    }

    // How many pages are in the log; null where another connection was in the way.
    private static int? Checkpoint(SqliteConnection connection, int mode) =>
        raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out var length, out _) == raw.SQLITE_OK ? length : null;

    private List<string> FindFaults(string when)
    {
        try
        {
            using var connection = _connections.OpenForReading();
            var faults = connection.Query<string>("PRAGMA integrity_check").Where(line => line != "ok").Select(line => $"The stressed database is damaged {when}: {line}").ToList();
            var rows = connection.Query<(long Id, long Written, long Again)>("SELECT id, written, again FROM stress ORDER BY id").AsList();
            var lost = rows.Count(row => row.Written != _expected[row.Id] || row.Again != _expected[row.Id]);
            if (rows.Count != Rows || lost > 0)
            {
                faults.Add($"The stressed database has {rows.Count} rows of {Rows} {when}, {lost} of them not as they were committed last.");
            }

            return faults;
        }
        catch (SqliteException exception)
        {
            return [$"The stressed database cannot be read {when}: {exception.Message}"];
        }
    }
}
