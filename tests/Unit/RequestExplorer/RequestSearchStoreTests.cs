using System.Net;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

/// <summary>Searches over a log of a few thousand rows of two tenants, each compared with the same filter over a list in memory.</summary>
public sealed class RequestSearchStoreTests(FilledRequestLog log) : IClassFixture<FilledRequestLog>
{

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
        { "trace id", new() { Text = FilledRequestLog.TraceOf(1717) } },
        { "digits of the trace id", new() { Text = FilledRequestLog.TraceOf(1717)[3..35] } },
        { "trace id of the newest", new() { Text = FilledRequestLog.TraceOf(FilledRequestLog.Rows - 1) } },
        { "token", new() { Text = FilledRequestLog.TokenOf(40) } },
        { "reference, in other letters", new() { Text = "BÖOKING 7" } },
        { "reference and status", new() { Text = "Booking 7", Status = 2 } },
        { "reference of one kind and status of another", new() { Text = "Booking 6", Status = 404, Method = "POST" } },
        { "address and key", new() { Address = IPAddress.Parse("192.0.2.7"), Key = new ApiKeyId(4), Route = "/setup-intents" } },
        { "nothing like it", new() { Text = "nothing like it" } },
        { "nothing of the kind", new() { Status = 503 } },
    };

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
            page = await log.Search.SearchAsync(Samples.Tenant, search, after, limit: 300, Ct);
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
        var (from, until) = (search.From ?? Samples.Start, search.Until ?? Samples.Start.AddSeconds(FilledRequestLog.Rows + 1));
        var within = search with { From = from, Until = until };
        var expected = Expected(within).ToList();

        var counted = await log.Search.CountAsync(Samples.Tenant, within, TimeSpan.FromSeconds(100), limit: 10_000, Ct);

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
            var later = await log.Search.FindLaterAsync(Samples.Tenant, search, new RequestCursor(expected[i].At, expected[i].Id!.Value), Ct);

            later.ShouldNotBeNull().Id.ShouldBe(expected[i - 1].Id, name);
        }

        if (expected.Count > 0)
        {
            (await log.Search.FindLaterAsync(Samples.Tenant, search, new RequestCursor(expected[0].At, expected[0].Id!.Value), Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Too_many_to_look_at_are_counted_up_to_a_limit()
    {
        var counted = await log.Search.CountAsync(
            Samples.Tenant, new() { From = Samples.Start, Until = Samples.Start.AddHours(2), Slower = TimeSpan.FromMilliseconds(1) }, TimeSpan.FromMinutes(10), limit: 100, Ct);

        (counted.Total, counted.IsCapped).ShouldBe((100, true));
    }

    private IEnumerable<RequestLogEntry> Expected(RequestSearch search) => log.Entries
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
