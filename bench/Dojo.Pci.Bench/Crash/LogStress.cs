using Dapper;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dojo.Pci.Bench.Crash;

/// <summary>
/// Exercises the engine where versions before <see cref="SqliteEngine.Oldest"/> corrupt databases: one connection checkpoints without a pause while
/// another commits and restarts the log. Both are set up like the product's own. The <c>crash</c> command runs it on a separate database file.
/// </summary>
/// <param name="databaseFile">Where to create the database. The file must not exist.</param>
internal sealed class LogStress(string databaseFile)
{
    // About two rows to a page, so that each commit changes pages all over the file.
    private const int Rows = 2048;
    private const int Ballast = 1800;
    private const int RowsOfACommit = 24;
    private const int CommitsBetweenRestarts = 16;
    private const int CommitsBetweenReports = 4096;
    private const int MostTimes = 20;

    // Coprime to the number of rows: every row is reached, and successive rows are far apart.
    private const int StepOfACommit = 1031;
    private const int StepWithin = 89;

    private readonly SqliteConnections _connections = new(SqliteConnections.TargetOf(databaseFile), mayTouchLog: () => true);
    private readonly long[] _expected = new long[Rows];
    private volatile bool _isOver;
    private long _restarts;

    /// <summary>The number of pages written to the log so far.</summary>
    public long Frames { get; private set; }

    /// <summary>The number of transactions committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>The number of checkpoints that ran at the same time. Read it after the run.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>How often a checkpoint found the log shorter than the previous one did, because a commit had restarted it.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    /// <summary>Writes until the log has received that many pages. Then every row must match its last commit, and the file be sound, also on a new connection.</summary>
    /// <param name="frames">The number of pages.</param>
    /// <param name="say">Receives the number of frames written, from time to time.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The violations, one sentence each; empty when there are none.</returns>
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
        // On a busy machine the other thread may start late; a run without a restart of the log has tested nothing.
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
                // As the product's writer does. A commit also restarts the log by itself when all of it has been checkpointed.
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

    // The number of pages in the log; null when another connection blocked the checkpoint.
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
