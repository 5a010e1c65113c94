using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogRetentionTests : IAsyncDisposable
{
    private readonly RequestLogDatabase _database = new();
    private readonly FakeTimeProvider _clock = new(Samples.Start);
    private readonly RequestLogRetention _retention;

    public RequestLogRetentionTests() => _retention = new RequestLogRetention(_database.Store, _clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_entry_is_kept_until_its_day_is_30_days_past_and_no_longer()
    {
        await _database.Store.InsertAsync([Samples.Entry]);

        _clock.SetUtcNow(new DateTimeOffset(Samples.Start.UtcDateTime.Date, TimeSpan.Zero).AddDays(31).AddMicroseconds(-1));
        await _retention.RunOnceAsync(Ct);
        (await StoredAsync()).ShouldHaveSingleItem();

        _clock.Advance(TimeSpan.FromMicroseconds(1));
        await _retention.RunOnceAsync(Ct);
        (await StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_old_goes_at_once_in_batches_and_everything_younger_stays()
    {
        const int Old = (RequestLogRetention.BatchSize * 2) + 1;
        await _database.Store.InsertAsync([.. Enumerable.Repeat(Samples.Entry, Old)]);
        await _database.Store.InsertAsync([Samples.Entry with { At = Samples.Start.AddDays(1), Status = 201 }]);
        _clock.Advance(TimeSpan.FromDays(31.5));

        await _retention.RunOnceAsync(Ct);

        (await StoredAsync()).ShouldHaveSingleItem().Status.ShouldBe(201);
    }

    [Fact]
    public async Task Exactly_one_full_batch_is_no_reason_to_go_on_for_ever()
    {
        await _database.Store.InsertAsync([.. Enumerable.Repeat(Samples.Entry, RequestLogRetention.BatchSize)]);
        _clock.Advance(TimeSpan.FromDays(31));

        await _retention.RunOnceAsync(Ct);

        (await StoredAsync()).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<RequestLogEntry>> StoredAsync() => _database.Search.SearchAsync(Samples.Tenant, new(), after: null, limit: 200, Ct);
}
