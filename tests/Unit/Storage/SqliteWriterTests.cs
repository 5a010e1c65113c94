using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

[Trait("Engine", "Sqlite")]
public sealed class SqliteWriterTests : IAsyncLifetime
{
    private const int QueueLength = 8192;
    private readonly VaultDirectory _directory = new();
    private TestVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDatabase Database => _vault.Get<IDatabase>();

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(_directory);
        await Database.WriteAsync(connection => connection.Execute("CREATE TABLE probe (v INTEGER NOT NULL PRIMARY KEY, pad BLOB) STRICT"));
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Every_one_of_many_concurrent_writes_is_answered_and_survives_a_restart()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 3000).Select(v => Task.Run(() => InsertAsync(v), Ct)));

        answers.ShouldAllBe(rows => rows == 1);
        await _vault.DisposeAsync();
        _vault = await TestVault.OpenAsync(_directory);
        (await ValuesAsync()).ShouldBe(Enumerable.Range(0, 3000));
    }

    [Fact]
    public async Task What_is_answered_is_committed()
    {
        for (var v = 0; v < 20; v++)
        {
            await InsertAsync(v);

            // Another connection sees only what has been committed.
            (await ValuesAsync()).ShouldContain(v);
        }
    }

    [Fact]
    public async Task Work_that_fails_fails_alone_and_leaves_nothing_of_itself()
    {
        await InsertAsync(1);
        var release = await HoldWriterAsync();

        // All of these share one commit.
        var before = InsertAsync(2);
        var duplicate = InsertAsync(1);
        var halfDone = Database.WriteAsync<int>(connection =>
        {
            connection.Execute("INSERT INTO probe (v) VALUES (3)");
            throw new FormatException();
        });
        var after = InsertAsync(4);
        release();

        (await before).ShouldBe(1);
        (await Should.ThrowAsync<SqliteException>(() => duplicate)).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_CONSTRAINT);
        await Should.ThrowAsync<FormatException>(() => halfDone);
        (await after).ShouldBe(1);
        (await ValuesAsync()).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task Each_of_several_that_fail_in_one_commit_fails_alone_with_its_own_reason()
    {
        await InsertAsync(0);
        var release = await HoldWriterAsync();
        var writes = Enumerable.Range(1, 100).Select(v => v % 3 == 0 ? FailAfterInsertingAsync(v) : InsertAsync(v)).ToArray();
        release();

        for (var v = 1; v <= 100; v++)
        {
            if (v % 3 == 0)
            {
                (await Should.ThrowAsync<FormatException>(() => writes[v - 1])).Message.ShouldBe($"{v}");
            }
            else
            {
                (await writes[v - 1]).ShouldBe(1);
            }
        }

        (await ValuesAsync()).ShouldBe(Enumerable.Range(0, 101).Where(v => v == 0 || v % 3 != 0));
    }

    [Fact]
    public async Task Work_that_runs_again_because_another_failed_finds_nothing_of_its_first_run_and_counts_once()
    {
        var runs = 0;
        var release = await HoldWriterAsync();
        var again = Database.WriteAsync(connection =>
        {
            runs++;
            connection.Execute("INSERT INTO probe (v) VALUES (1)");
            return connection.ExecuteScalar<int>("SELECT COUNT(*) FROM probe");
        });
        var failing = FailAfterInsertingAsync(2);
        release();

        (await again).ShouldBe(1);
        await Should.ThrowAsync<FormatException>(() => failing);
        runs.ShouldBe(2);
        (await ValuesAsync()).ShouldBe([1]);
    }

    [Fact]
    public async Task Work_between_batches_waits_its_turn_and_is_done_once_although_something_beside_it_fails()
    {
        var database = (SqliteDatabase)Database;
        var release = await HoldWriterAsync();
        var before = InsertAsync(1);
        database.NoteDeletion();
        var emptying = database.ForgetDeletedAsync();
        var failing = FailAfterInsertingAsync(2);
        release();

        (await before).ShouldBe(1);
        await Should.ThrowAsync<FormatException>(() => failing);
        await emptying;
        new FileInfo(_directory.DatabaseFile + "-wal").Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_queue_refuses_more_and_loses_nothing_of_what_it_took()
    {
        var release = await HoldWriterAsync();
        var taken = Enumerable.Range(0, QueueLength).Select(InsertAsync).ToArray();

        (await Should.ThrowAsync<UnavailableException>(() => InsertAsync(-1))).RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        release();

        (await Task.WhenAll(taken)).Sum().ShouldBe(QueueLength);
        (await ValuesAsync()).ShouldBe(Enumerable.Range(0, QueueLength));
        (await InsertAsync(-1)).ShouldBe(1);
    }

    [Fact]
    public async Task Closing_finishes_what_was_taken_and_takes_no_more()
    {
        var database = Database;
        var release = await HoldWriterAsync();
        var taken = Enumerable.Range(0, 1000).Select(InsertAsync).ToArray();
        var closing = _vault.DisposeAsync().AsTask();
        release();
        await closing;

        taken.ShouldAllBe(write => write.IsCompletedSuccessfully);
        await Should.ThrowAsync<UnavailableException>(() => database.WriteAsync(_ => 0));
        _vault = await TestVault.OpenAsync(_directory);
        (await ValuesAsync()).Count.ShouldBe(1000);
    }

    [Fact]
    public async Task A_full_disk_is_unavailability_and_the_writer_goes_on_once_there_is_room()
    {
        await InsertAsync(1);
        await Database.WriteAsync(connection => connection.Execute($"PRAGMA max_page_count = {connection.ExecuteScalar<int>("PRAGMA page_count")}"));

        await Should.ThrowAsync<UnavailableException>(() => Database.WriteAsync(connection => connection.Execute("INSERT INTO probe (v, pad) VALUES (2, zeroblob(1000000))")));
        (await ValuesAsync()).ShouldBe([1]);

        // There is room for the writer's own probe, and for this.
        (await Database.CheckAsync()).ShouldBeNull();
        await Database.WriteAsync(connection => connection.Execute("PRAGMA max_page_count = 1000000"));
        (await InsertAsync(3)).ShouldBe(1);
        (await ValuesAsync()).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Work_that_loses_the_transaction_and_then_fails_in_its_own_way_fails_its_batch_and_the_writer_goes_on()
    {
        var release = await HoldWriterAsync();
        var before = InsertAsync(1);
        var broken = Database.WriteAsync<int>(connection =>
        {
            connection.Execute("ROLLBACK");
            throw new InvalidOperationException("not SQLite's");
        });
        var after = InsertAsync(2);
        release();

        // Work that shared its transaction is lost with it, and fails.
        await Should.ThrowAsync<InvalidOperationException>(() => before);
        (await Should.ThrowAsync<InvalidOperationException>(() => broken)).Message.ShouldBe("not SQLite's");
        (await after).ShouldBe(1);
        (await ValuesAsync()).ShouldBe([2]);
        Database.Outage.ShouldBeNull();
        (await InsertAsync(3)).ShouldBe(1);
    }

    private Task<int> InsertAsync(int v) => Database.WriteAsync(connection => connection.Execute("INSERT INTO probe (v) VALUES (@v)", new { v }));

    private Task<int> FailAfterInsertingAsync(int v) => Database.WriteAsync<int>(connection =>
    {
        connection.Execute("INSERT INTO probe (v) VALUES (@v)", new { v });
        throw new FormatException($"{v}");
    });

    private Task<List<int>> ValuesAsync() => Database.ReadAsync(connection => connection.Query<int>("SELECT v FROM probe ORDER BY v").AsList(), Ct);

    /// <summary>Blocks the writer inside a piece of work, so that later writes wait behind it.</summary>
    private async Task<Action> HoldWriterAsync()
    {
        var (entered, mayLeave) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        var token = Ct;
        _ = Database.WriteAsync(_ =>
        {
            entered.SetResult();
            mayLeave.Wait(token);
            mayLeave.Dispose();
            return 0;
        });
        await entered.Task;
        return mayLeave.Set;
    }
}
