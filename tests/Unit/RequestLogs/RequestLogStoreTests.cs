using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogStoreTests : IAsyncDisposable
{
    private readonly RequestLogDatabase _database = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_entry_comes_back_as_it_was_recorded()
    {
        var entry = Samples.Entry with { Refusal = "CardNumber,Reference", Body = Samples.Body("Booking 4711") };
        await _database.Store.InsertAsync([entry]);

        var stored = (await ListAsync(new())).ShouldHaveSingleItem();

        stored.Body!.Json.ShouldBe(entry.Body.Json);
        (stored with { Id = null, Body = entry.Body }).ShouldBe(entry);
    }

    [Fact]
    public async Task What_an_entry_does_not_have_is_not_made_up()
    {
        var entry = Samples.Entry with { Key = null, Version = null, ClientAddress = null };
        await _database.Store.InsertAsync([entry]);

        ((await ListAsync(new())).Single() with { Id = null }).ShouldBe(entry);
    }

    [Fact]
    public async Task A_tenant_sees_only_its_own_entries()
    {
        Tenant[] others =
        [
            Samples.Tenant with { Account = new AccountId(9) },
            Samples.Tenant with { Location = new LocationId(9) },
            Samples.Tenant with { Environment = TenantEnvironment.Production },
        ];
        await _database.Store.InsertAsync([.. others.Select(other => Samples.Entry with { Tenant = other }), Samples.Entry]);

        (await ListAsync(new())).ShouldHaveSingleItem().Tenant.ShouldBe(Samples.Tenant);
        foreach (var other in others)
        {
            (await _database.Store.ListAsync(other, new(), Ct)).ShouldHaveSingleItem().Tenant.ShouldBe(other);
        }
    }

    [Fact]
    public async Task An_entry_of_nobody_is_not_stored()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _database.Store.InsertAsync([Samples.Entry, Samples.Entry with { Tenant = null }]));

        (await ListAsync(new())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_go_back_in_time_without_gap_or_repetition_while_new_entries_arrive()
    {
        await _database.Store.InsertAsync([.. Enumerable.Range(200, 5).Select(status => Samples.Entry with { Status = status })]);

        var first = await ListAsync(new() { PageSize = 2 });
        await _database.Store.InsertAsync([Samples.Entry with { Status = 299 }]);
        var second = await ListAsync(new() { PageSize = 2, Before = first[^1].Id });
        var third = await ListAsync(new() { PageSize = 2, Before = second[^1].Id });
        var fourth = await ListAsync(new() { PageSize = 2, Before = third[^1].Id });

        StatusesOf([.. first, .. second, .. third, .. fourth]).ShouldBe([204, 203, 202, 201, 200]);
        fourth.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(int.MaxValue, RequestLogFilter.LargestPage)]
    public async Task A_page_has_a_sensible_size_no_matter_what_is_asked_for(int asked, int given)
    {
        await _database.Store.InsertAsync([.. Enumerable.Repeat(Samples.Entry, RequestLogFilter.LargestPage + 1)]);

        (await ListAsync(new() { PageSize = asked })).Count.ShouldBe(given);
    }

    [Theory]
    [InlineData(2, new[] { 299, 200 })]
    [InlineData(4, new[] { 499, 400 })]
    [InlineData(5, new[] { 500 })]
    [InlineData(3, new int[0])]
    public async Task The_class_of_the_status_filters(int statusClass, int[] found)
    {
        await _database.Store.InsertAsync([.. new[] { 200, 299, 400, 499, 500 }.Select(status => Samples.Entry with { Status = status })]);

        StatusesOf(await ListAsync(new() { StatusClass = statusClass })).ShouldBe(found);
    }

    [Fact]
    public async Task Method_route_and_key_filter_alone_and_together()
    {
        await _database.Store.InsertAsync(
        [
            Samples.Entry with { Status = 201, Method = "GET" },
            Samples.Entry with { Status = 202, Route = "/setup-intents/{id}" },
            Samples.Entry with { Status = 203, Key = new ApiKeyId(4) },
            Samples.Entry with { Status = 204, Method = "GET", Route = "/setup-intents/{id}", Key = new ApiKeyId(4) },
        ]);

        StatusesOf(await ListAsync(new() { Method = "GET" })).ShouldBe([204, 201]);
        StatusesOf(await ListAsync(new() { Route = "/setup-intents/{id}" })).ShouldBe([204, 202]);
        StatusesOf(await ListAsync(new() { Key = new ApiKeyId(4) })).ShouldBe([204, 203]);
        StatusesOf(await ListAsync(new() { Method = "GET", Route = "/setup-intents/{id}", Key = new ApiKeyId(4) })).ShouldBe([204]);
    }

    [Fact]
    public async Task A_time_range_includes_its_first_instant_and_not_its_last()
    {
        await _database.Store.InsertAsync(
            [.. Enumerable.Range(0, 4).Select(second => Samples.Entry with { Status = 200 + second, At = ManualClock.Start.AddSeconds(second) })]);

        var found = await ListAsync(new() { From = ManualClock.Start.AddSeconds(1), Until = ManualClock.Start.AddSeconds(3) });

        StatusesOf(found).ShouldBe([202, 201]);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", 1)]
    [InlineData("0af7651916cd43dd8448eb211c80319c", 1)]
    [InlineData("0af7651916cd43dd8448eb211c80319d", 0)]
    [InlineData("%", 0)]
    public async Task A_request_is_found_by_its_trace_id_whole_or_only_the_digits(string traceId, int found)
    {
        await _database.Store.InsertAsync(
            [Samples.Entry, Samples.Entry with { TraceId = "00-11111111111111111111111111111111-1111111111111111-00" }]);

        (await ListAsync(new() { TraceId = traceId })).Count.ShouldBe(found);
    }

    private Task<IReadOnlyList<RequestLogEntry>> ListAsync(RequestLogFilter filter) => _database.Store.ListAsync(Samples.Tenant, filter, Ct);

    private static int[] StatusesOf(IReadOnlyList<RequestLogEntry> entries) => [.. entries.Select(entry => entry.Status)];
}
