using System.Net;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

/// <summary>Searches over a log of some thousand rows of two tenants, each beside the same filter over a list in memory.</summary>
public sealed class RequestSearchStoreTests : IAsyncLifetime
{
    private const int Rows = 3500;
    private static readonly Tenant s_other = Samples.Tenant with { Location = new LocationId(9) };
    private readonly RequestLogDatabase _database = new();
    private IReadOnlyList<RequestLogEntry> _all = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, RequestSearch> Searches => new()
    {
        { "all", new() },
        { "status", new() { Status = 404 } },
        { "class of the status", new() { Status = 4 } },
        { "method", new() { Method = "GET" } },
        { "route", new() { Route = "/setup-intents/{id}" } },
        { "key", new() { Key = new ApiKeyId(4) } },
        { "version", new() { Version = "2022-04-07" } },
        { "refused field, not the first", new() { Refusal = "Reference" } },
        { "several of a kind", new() { Method = "POST", Status = 4, Key = new ApiKeyId(3), Refusal = "CardNumber" } },
        { "time", new() { From = Samples.Start.AddSeconds(200), Until = Samples.Start.AddSeconds(300) } },
        { "time and status", new() { From = Samples.Start.AddSeconds(200), Until = Samples.Start.AddSeconds(900), Status = 4 } },
        { "address", new() { Address = IPAddress.Parse("192.0.2.7") } },
        { "address of one", new() { Address = IPAddress.Parse("2001:db8::1") } },
        { "slower", new() { Slower = TimeSpan.FromMilliseconds(49) } },
        { "slower and status", new() { Slower = TimeSpan.FromMilliseconds(30), Status = 4, Until = Samples.Start.AddSeconds(3000) } },
        { "trace id", new() { Text = TraceOf(1717) } },
        { "digits of the trace id", new() { Text = TraceOf(1717)[3..35] } },
        { "trace id of the newest", new() { Text = TraceOf(Rows - 1) } },
        { "token", new() { Text = TokenOf(40) } },
        { "reference, in other letters", new() { Text = "BÖOKING 7" } },
        { "reference and status", new() { Text = "Booking 7", Status = 2 } },
        { "reference of one kind and status of another", new() { Text = "Booking 6", Status = 404, Method = "POST" } },
        { "address and key", new() { Address = IPAddress.Parse("192.0.2.7"), Key = new ApiKeyId(4), Route = "/setup-intents" } },
        { "nothing like it", new() { Text = "nothing like it" } },
        { "nothing of the kind", new() { Status = 503 } },
    };

    public async ValueTask InitializeAsync()
    {
        var entries = Enumerable.Range(0, Rows).Select(Entry).ToList();
        foreach (var batch in entries.Chunk(128))
        {
            await _database.Store.InsertAsync(batch);
        }

        (await _database.Store.IndexAsync(2)).ShouldBe(2, "the first two segments; the rest is looked through");
        _all = [.. entries.Select((entry, i) => entry with { Id = i + 1 })];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task A_search_finds_what_the_filter_says_page_by_page_in_the_order_of_arrival(string name, RequestSearch search)
    {
        var expected = Expected(search).ToList();

        var found = new List<RequestLogEntry>();
        RequestCursor? after = null;
        IReadOnlyList<RequestLogEntry> page;
        do
        {
            page = await _database.Search.SearchAsync(Samples.Tenant, search, after, limit: 300, Ct);
            found.AddRange(page);
            after = page.Count > 0 ? new RequestCursor(page[^1].At, page[^1].Id!.Value) : null;
        }
        while (page.Count == 300);

        found.Select(entry => entry.Id).ShouldBe(expected.Select(entry => entry.Id), name);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task The_bars_of_a_search_count_what_it_finds(string name, RequestSearch search)
    {
        var (from, until) = (search.From ?? Samples.Start, search.Until ?? Samples.Start.AddSeconds(Rows + 1));
        var within = search with { From = from, Until = until };
        var expected = Expected(within).ToList();

        var counted = await _database.Search.CountAsync(Samples.Tenant, within, TimeSpan.FromSeconds(100), limit: 10_000, Ct);

        counted.IsCapped.ShouldBeFalse();
        counted.Bars[0].From.ShouldBe(from);
        counted.Bars[^1].Until.ShouldBe(until);
        foreach (var bar in counted.Bars)
        {
            var inBar = expected.Where(entry => entry.At >= bar.From && entry.At < bar.Until).ToList();
            (bar.Total, bar.Refused, bar.Failed).ShouldBe((inBar.Count, inBar.Count(entry => entry.Status / 100 == 4), inBar.Count(entry => entry.Status / 100 == 5)), name);
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task The_request_after_one_in_time_is_the_one_above_it_in_the_list(string name, RequestSearch search)
    {
        var expected = Expected(search).ToList();
        for (var i = 1; i < expected.Count && i < 900; i += 97)
        {
            var later = await _database.Search.FindLaterAsync(Samples.Tenant, search, new RequestCursor(expected[i].At, expected[i].Id!.Value), Ct);

            later.ShouldNotBeNull().Id.ShouldBe(expected[i - 1].Id, name);
        }

        if (expected.Count > 0)
        {
            (await _database.Search.FindLaterAsync(Samples.Tenant, search, new RequestCursor(expected[0].At, expected[0].Id!.Value), Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Too_many_to_look_at_are_counted_up_to_a_limit()
    {
        var counted = await _database.Search.CountAsync(
            Samples.Tenant, new() { From = Samples.Start, Until = Samples.Start.AddHours(2), Slower = TimeSpan.FromMilliseconds(1) }, TimeSpan.FromMinutes(10), limit: 100, Ct);

        (counted.Total, counted.IsCapped).ShouldBe((100, true));
    }

    [Fact]
    public async Task Kinds_and_segments_go_with_the_last_of_their_rows()
    {
        while (await _database.Store.DeleteOldestAsync(Samples.Start.AddDays(99), 500) == 500)
        {
            // There are more.
        }

        (await _database.Search.ListKindsAsync(Samples.Tenant, Ct)).ShouldBeEmpty();
        await _database.Store.InsertAsync([Samples.Entry with { TraceId = TraceOf(1), Status = 201 }]);
        (await _database.Search.SearchAsync(Samples.Tenant, new() { Text = TraceOf(1) }, after: null, limit: 10, Ct)).ShouldHaveSingleItem().Status.ShouldBe(201);
        (await _database.Store.IndexAsync(10)).ShouldBe(0);
    }

    [Fact]
    public async Task Requests_that_are_refused_for_ever_other_fields_do_not_make_kinds_without_end()
    {
        var fields = Enumerable.Range(0, 12).Select(i => $"Field{i}").ToList();
        await _database.Store.InsertAsync([.. Enumerable.Range(3, 9).Select(count => Samples.Entry with { Status = 400, Refusal = string.Join(',', fields.Take(count)) })]);

        var kinds = await _database.Search.ListKindsAsync(Samples.Tenant, Ct);

        kinds.Where(kind => kind.Refusal?.StartsWith("Field0", StringComparison.Ordinal) == true).Select(kind => kind.Refusal).ShouldBe(["Field0,Field1,Field2", "Field0,Field1,Field2,…"], ignoreOrder: true);
    }

    private static string TraceOf(int i) => $"00-{i:x16}abcdef0123456789-b7ad6b7169203331-00";

    private static string TokenOf(int i) => $"si_sandbox_{i:D22}";

    // Long requests end, and are stored, after later ones.
    private static RequestLogEntry Entry(int i) => Samples.Entry with
    {
        Tenant = i % 5 == 4 ? s_other : Samples.Tenant,
        At = Samples.Start.AddSeconds(i % 7 == 0 ? Math.Max(0, i - 60) : i),
        Key = i % 11 == 0 ? null : new ApiKeyId(3 + i % 2),
        Method = i % 3 == 0 ? "GET" : "POST",
        Route = i % 3 == 0 ? "/setup-intents/{id}" : "/setup-intents",
        Status = i % 10 == 0 ? 404 : i % 13 == 0 ? 400 : i % 501 == 0 ? 500 : 200,
        Version = i % 17 == 0 ? "2022-04-07" : "2025-09-10",
        Refusal = i % 10 == 0 ? "NotFound" : i % 13 == 0 ? "CardNumber,Reference" : i % 501 == 0 ? "InternalServerError" : null,
        Duration = TimeSpan.FromMilliseconds(i % 50),
        ClientAddress = IPAddress.Parse(i == 1000 ? "2001:db8::1" : i % 2 == 0 ? "192.0.2.7" : "192.0.2.8"),
        TraceId = TraceOf(i),
        TokenId = i % 4 == 0 ? TokenOf(i) : null,
        Body = i % 3 == 0 ? null : Samples.Body(i % 2 == 0 ? $"Booking {i % 100}" : $"Order {i}"),
    };

    private IEnumerable<RequestLogEntry> Expected(RequestSearch search) => _all
        .Where(entry => entry.Tenant == Samples.Tenant)
        .Where(entry => search.From is null || entry.At >= search.From)
        .Where(entry => search.Until is null || entry.At < search.Until)
        .Where(entry => search.Method is null || entry.Method == search.Method)
        .Where(entry => search.Route is null || entry.Route == search.Route)
        .Where(entry => search.Status is null || entry.Status == search.Status || entry.Status / 100 == search.Status)
        .Where(entry => search.Slower is null || entry.Duration >= search.Slower)
        .Where(entry => search.Key is null || entry.Key == search.Key)
        .Where(entry => search.Address is null || entry.ClientAddress!.Equals(search.Address))
        .Where(entry => search.Version is null || entry.Version == search.Version)
        .Where(entry => search.Refusal is null || entry.Refusal?.Split(',').Contains(search.Refusal, StringComparer.Ordinal) == true)
        .Where(entry => search.Text is not { } text || entry.TraceId == text || entry.TraceId[3..35] == text || entry.TokenId == text
            || (entry.Body?.Json.Contains($"\"reference\":\"{FoldedText.Of(text)}\"", StringComparison.OrdinalIgnoreCase) == true))
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id);
}
