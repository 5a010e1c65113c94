using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogWriterTests : IDisposable
{
    private readonly CountedMetrics _counted = new();
    private readonly FakeStore _store = new();
    private readonly RequestLogQueue _queue;
    private readonly RequestLog _log;
    private readonly RequestLogWriter _writer;

    public RequestLogWriterTests()
    {
        _queue = new RequestLogQueue(_counted.Metrics);
        _log = new RequestLog(_queue, _counted.Metrics);
        _writer = new RequestLogWriter(_queue, _store, new RequestLogFeed(new NodeMessages(new Node())), _counted.Metrics, new NoWaiting(), NullLogger<RequestLogWriter>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _writer.Dispose();
        _counted.Dispose();
    }

    [Fact]
    public void While_one_key_fills_the_queue_entries_of_another_key_are_still_taken()
    {
        var other = Samples.Entry with { Key = new ApiKeyId(77) };
        for (var i = 0; i < 2 * RequestLogQueue.Capacity; i++)
        {
            _log.TryRecord(Samples.Entry);
        }

        Enumerable.Range(0, RequestLogQueue.Capacity / 2).ShouldAllBe(_ => _log.TryRecord(other));
    }

    [Fact]
    public async Task What_waits_is_stored_in_the_order_it_came_in_batches_of_at_most_128()
    {
        foreach (var number in Enumerable.Range(0, 257))
        {
            _log.TryRecord(Samples.Entry with { Status = number }).ShouldBeTrue();
        }

        await _writer.FlushAsync();

        _store.Batches.ShouldBe([128, 128, 1]);
        _store.Entries.Select(entry => entry.Status).ShouldBe(Enumerable.Range(0, 257));
        _counted["request_log.stored"].ShouldBe(257);
    }

    [Fact]
    public async Task Tenants_are_stored_one_after_another_each_in_the_order_it_came_so_that_a_batch_touches_few_of_their_pages()
    {
        var tenants = new[] { 7, 3 }.Select(id => new Tenant(new AccountId(1), new LocationId(id), TenantEnvironment.Sandbox)).ToArray();
        foreach (var number in Enumerable.Range(0, 6))
        {
            _log.TryRecord(Samples.Entry with { Tenant = tenants[number % 2], Status = number });
        }

        await _writer.FlushAsync();

        _store.Entries.Select(entry => entry.Status).ShouldBe([1, 3, 5, 0, 2, 4]);
    }

    [Fact]
    public void A_full_queue_drops_what_comes_and_counts_it_and_blocks_nobody()
    {
        // Nothing reads from the queue here: if this blocked, it would never end.
        for (var i = 0; i < RequestLogQueue.Capacity; i++)
        {
            _log.TryRecord(Samples.Entry).ShouldBeTrue();
        }

        _log.TryRecord(Samples.Entry).ShouldBeFalse();
        _log.TryRecord(Samples.Entry).ShouldBeFalse();

        _counted["request_log.dropped queue"].ShouldBe(2);
    }

    [Fact]
    public async Task Large_bodies_fill_the_queue_sooner_and_it_takes_more_once_they_are_stored()
    {
        var large = Samples.Entry with { Body = Samples.Body("Booking", new string('x', 4096)) };
        var taken = Enumerable.Range(0, RequestLogQueue.Capacity).Count(_ => _log.TryRecord(large));
        taken.ShouldBe((int)(RequestLogQueue.BodyCapacity / large.Body.Utf8.Length));
        _counted["request_log.dropped queue"].ShouldBe(RequestLogQueue.Capacity - taken);
        _log.TryRecord(Samples.Entry).ShouldBeTrue("an entry without a body takes no room of theirs");

        await _writer.FlushAsync();

        _log.TryRecord(large).ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_of_nobody_is_counted_and_not_stored()
    {
        _log.TryRecord(Samples.Entry with { Tenant = null, Key = null, Status = 401 }).ShouldBeTrue();

        await _writer.FlushAsync();

        _store.Entries.ShouldBeEmpty();
        _counted["request_log.anonymous 401"].ShouldBe(1);
    }

    [Fact]
    public async Task The_loop_stores_by_itself_and_outlives_a_store_that_fails()
    {
        _store.FailuresLeft = 1;
        await _writer.StartAsync(Ct);

        var failed = _store.NextBatchAsync();
        _log.TryRecord(Samples.Entry with { Status = 201 });
        await failed.WaitAsync(Ct);
        var stored = _store.NextBatchAsync();
        _log.TryRecord(Samples.Entry with { Status = 202 });
        await stored.WaitAsync(Ct);
        await _writer.StopAsync(Ct);

        _store.Entries.ShouldHaveSingleItem().Status.ShouldBe(202);
        _counted["request_log.dropped store"].ShouldBe(1);
        _counted["request_log.stored"].ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_when_the_process_stops_is_stored_and_what_comes_later_is_counted_as_dropped()
    {
        _log.TryRecord(Samples.Entry);

        await _writer.StartAsync(Ct);
        await _writer.StopAsync(Ct);

        _store.Entries.ShouldHaveSingleItem();
        _log.TryRecord(Samples.Entry).ShouldBeFalse();
        _counted["request_log.dropped queue"].ShouldBe(1);
    }

    [Fact]
    public async Task Much_that_comes_while_batches_are_stored_is_stored_without_another_pause_so_that_nothing_is_dropped()
    {
        const int Total = 3 * RequestLogQueue.Capacity;
        var recorded = 0;

        // During each batch as many entries arrive as it holds, up to three times the capacity of the queue.
        _store.OnInsert = () => Record(128);
        Record(RequestLogQueue.Capacity / 2);

        await _writer.FlushAsync();

        _store.Entries.Select(entry => entry.Status).ShouldBe(Enumerable.Range(0, Total));
        _counted["request_log.dropped queue"].ShouldBe(0);

        void Record(int count)
        {
            for (var i = 0; i < count && recorded < Total; i++)
            {
                _log.TryRecord(Samples.Entry with { Status = recorded++ }).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task Little_that_comes_while_batches_are_stored_waits_for_more_so_that_batches_stay_large()
    {
        _store.OnInsert = () => _log.TryRecord(Samples.Entry with { Status = 202 }).ShouldBeTrue();
        _log.TryRecord(Samples.Entry with { Status = 201 });

        await _writer.FlushAsync();
        _store.Entries.ShouldHaveSingleItem().Status.ShouldBe(201);

        await _writer.FlushAsync();
        _store.Entries.Select(entry => entry.Status).ShouldBe([201, 202]);
    }

    [Fact]
    public async Task A_flush_waits_for_one_that_is_under_way()
    {
        _log.TryRecord(Samples.Entry);

        await Task.WhenAll(_writer.FlushAsync(), _writer.FlushAsync());

        _store.Entries.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("sk_sandbox_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA00000000")]
    public async Task The_last_net_catches_what_should_never_have_come_so_far(string secret)
    {
        _log.TryRecord(Samples.Entry with { Method = secret, Route = secret, Version = secret, Refusal = secret });

        await _writer.FlushAsync();

        var entry = _store.Entries.ShouldHaveSingleItem();
        new[] { entry.Method, entry.Route, entry.Version, entry.Refusal }.ShouldAllBe(text => text == RequestLogScrubber.Replacement);
    }

    /// <summary>A clock whose timers fire immediately.</summary>
    private sealed class NoWaiting() : FakeTimeProvider(Samples.Start)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
