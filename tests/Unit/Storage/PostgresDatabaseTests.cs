using System.Collections.Concurrent;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The guarantees of the writer and the readers on PostgreSQL, on a server of the tests.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private readonly string _target = PostgresServer.Shared.CreateDatabase();
    private PostgresDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = New();
        _database.Open(VaultUse.Serving);
        await _database.WriteAsync(connection => connection.Execute("CREATE TABLE things (id bigint PRIMARY KEY, other bigint UNIQUE)"));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        PostgresServer.Shared.DropDatabase(_target);
    }

    [Fact]
    public async Task Work_that_fails_fails_alone_and_leaves_nothing_behind()
    {
        var works = Enumerable.Range(0, 200).Select(id => _database.WriteAsync(connection =>
        {
            connection.Execute("INSERT INTO things (id, other) VALUES (@id, @other)", new { id, other = id % 10 == 3 ? 3 : 1000 + id });
            return id % 10 == 7 ? throw new InvalidOperationException("of its own") : id;
        })).ToList();

        var done = new List<int>();
        foreach (var work in works)
        {
            try
            {
                done.Add(await work);
            }
            catch (Exception exception) when (exception is InvalidOperationException or PostgresException { SqlState: "23505" })
            {
                // its own failure
            }
        }

        done.Count.ShouldBe(200 - 20 - 19);
        (await StoredAsync()).ShouldBe(done.Select(id => (long)id), ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_once_however_often_connections_are_ended()
    {
        var (acknowledged, refused) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var next = 0L;
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(WriteAsync, Ct)).ToArray();

        for (var hit = 0; hit < 25; hit++)
        {
            var before = acknowledged.Count;
            PostgresServer.Shared.Terminate(_target);
            await UntilAsync(() => acknowledged.Count > before);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        var stored = (await StoredAsync()).ToHashSet();
        acknowledged.Where(id => !stored.Contains(id)).ShouldBeEmpty("acknowledged and not there");
        acknowledged.Count.ShouldBe(acknowledged.Distinct().Count());
        await UntilAsync(() => _database.Outage is null);

        async Task WriteAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                var id = Interlocked.Increment(ref next);
                try
                {
                    await _database.WriteAsync(connection => connection.Execute("INSERT INTO things (id) VALUES (@id)", new { id }));
                    acknowledged.Add(id);
                }
                catch (UnavailableException)
                {
                    refused.Add(id);
                    await Task.Delay(20, Ct); // as a caller does that is told to retry later: eight that retry at once take the processor from the writer
                }
            }
        }
    }

    [Fact]
    public async Task What_is_checked_for_each_row_goes_along_indexes_though_the_tables_were_empty_when_that_was_planned()
    {
        var passedOver = await _database.WriteAsync(connection =>
        {
            connection.Execute("INSERT INTO accounts (name, created_at) VALUES ('Account', 1); INSERT INTO locations (account_id, name, slug, created_at) VALUES (1, 'Location', 'location', 1)");
            connection.Execute("INSERT INTO setup_intents (account_id, location_id, environment, status, created_at, updated_at, reference, card_fingerprint) VALUES (1, 1, 0, 'Created', 1, 1, 'Booking 1', '\\x01')");
            connection.Execute("INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) VALUES (1, 0, 'Created', 1, 'key:1'), (1, 1, 'Authorized', 1, 'key:1')");
            return connection.Query<string>("SELECT relname FROM pg_stat_xact_user_tables WHERE seq_scan > 0 AND relname <> 'things'").AsList();
        });

        passedOver.ShouldBeEmpty();
        (await _database.ReadAsync(connection => connection.ExecuteScalar<string>("SELECT current_setting('enable_seqscan')"), Ct)).ShouldBe("on");
    }

    [Fact]
    public async Task A_read_goes_on_over_a_connection_that_was_ended_while_it_lay_idle()
    {
        await StoredAsync();

        PostgresServer.Shared.Terminate(_target);

        (await StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_several_processes_have_read_in_a_transaction_is_what_they_change()
    {
        await using var second = New();
        second.Open(VaultUse.Serving);
        await _database.WriteAsync(connection => connection.Execute("INSERT INTO things (id, other) VALUES (1, 0)"));

        await Task.WhenAll(Enumerable.Range(0, 400).Select(turn => (turn % 2 == 0 ? _database : second).WriteAsync(connection =>
        {
            var other = connection.ExecuteScalar<long>("SELECT other FROM things WHERE id = 1");
            return connection.Execute("UPDATE things SET other = @next WHERE id = 1", new { next = other + 1 });
        })));

        (await second.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT other FROM things WHERE id = 1"), Ct)).ShouldBe(400);
    }

    [Fact]
    public async Task A_process_that_vanishes_in_the_middle_of_a_batch_holds_the_others_up_for_seconds_only()
    {
        await using var vanished = new NpgsqlConnection(_target);
        await vanished.OpenAsync(Ct);
        await using var begun = new NpgsqlCommand(PostgresWriter.BeginSql("on"), vanished);
        await begun.ExecuteNonQueryAsync(Ct);

        (await _database.WriteAsync(connection => connection.Execute("INSERT INTO things (id) VALUES (1)"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_refuses_the_start_in_words_without_the_password()
    {
        await using var elsewhere = New("Host=/nowhere;Database=vault;Username=portal;Password=correct horse");

        var refusal = Should.Throw<StartRefusedException>(() => elsewhere.Open(VaultUse.Serving)).Message;

        refusal.ShouldContain("The database of Storage:ConnectionString cannot be opened.");
        refusal.ShouldNotContain("correct horse");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=db.internal")]
    [InlineData("Data Source=/srv/portal.db")]
    [InlineData("Nonsense=1")]
    public void A_connection_string_that_names_no_server_and_database_is_a_fault_of_the_settings(string target) =>
        new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = target }.Fault.ShouldNotBeNull().ShouldStartWith("Storage:ConnectionString");

    private Task<IReadOnlyList<long>> StoredAsync() =>
        _database.ReadAsync<IReadOnlyList<long>>(connection => connection.Query<long>("SELECT id FROM things").AsList(), Ct);

    private PostgresDatabase New(string? target = null) => new(
        Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = target ?? _target }), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Ct);
        }
    }
}
