using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The queries of the lists, each kind with values that change from query to query.</summary>
/// <param name="run">The run.</param>
/// <param name="rows">The number of tokens.</param>
/// <param name="sample">Tokens of each tenant that a page can start after.</param>
internal sealed class ReadKinds(BenchRun run, long rows, IReadOnlyList<IReadOnlyList<string>> sample)
{
    private const int Page = 50;
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The portal's queries. Each maps the number of the query and of the tenant to a search, the token to start after, and the page length.</summary>
    public IReadOnlyList<(string Kind, Func<long, int, (TokenSearch Search, string? After, int Limit)> Search)> Searches =>
    [
        ("newest page of 20", (_, _) => (new TokenSearch(), null, 20)),
        ("newest page of 50", (_, _) => (new TokenSearch(), null, Page)),
        ("page anywhere", (query, tenant) => (new TokenSearch(), TokenOf(query, tenant), Page)),
        ("oldest first", (_, _) => (new TokenSearch { Sort = TokenSort.Oldest }, null, Page)),
        ("by reference", (_, _) => (new TokenSearch { Sort = TokenSort.Reference }, null, Page)),
        ("by reference, page anywhere", (query, tenant) => (new TokenSearch { Sort = TokenSort.ReferenceDescending }, TokenOf(query, tenant), Page)),
        ("status, most", (_, _) => (new TokenSearch { Statuses = [SetupIntentStatus.Created] }, null, Page)),
        ("status, one in 100", (_, _) => (new TokenSearch { Statuses = [SetupIntentStatus.CardExpired] }, null, Page)),
        ("status, none", (_, _) => (new TokenSearch { Statuses = [SetupIntentStatus.Completed] }, null, Page)),
        ("scheme, many", (_, _) => (new TokenSearch { Schemes = [CardScheme.Mastercard] }, null, Page)),
        ("scheme, none", (_, _) => (new TokenSearch { Schemes = [CardScheme.Jcb] }, null, Page)),
        ("date range", (query, _) => (new TokenSearch { CreatedFrom = DayOf(query, 0), CreatedTo = DayOf(query, 0.05) }, null, Page)),
        ("last four", (query, _) => (new TokenSearch { LastFour = LastFourOf(query) }, null, Page)),
        ("reference begins, a quarter", (_, _) => (new TokenSearch { ReferencePrefix = FillRow.FrequentPrefix }, null, Page)),
        ("reference begins, very few", (_, _) => (new TokenSearch { ReferencePrefix = FillRow.RarePrefix }, null, Page)),
        ("reference begins, none", (query, _) => (new TokenSearch { ReferencePrefix = $"nobody-{query}" }, null, Page)),
        ("reference, the whole", (query, tenant) => (new TokenSearch { ReferencePrefix = ReferenceOf(query, tenant) }, null, Page)),
        ("reference contains, a quarter", (_, _) => (new TokenSearch { ReferencePart = FillRow.FrequentPart }, null, Page)),
        ("reference contains, very few", (_, _) => (new TokenSearch { ReferencePart = FillRow.RarePart }, null, Page)),
        ("reference contains, none", (query, _) => (new TokenSearch { ReferencePart = $"body-{query}" }, null, Page)),
        ("status and last four", (query, _) => (new TokenSearch { Statuses = [SetupIntentStatus.CardExpired], LastFour = LastFourOf(query) }, null, Page)),
        ("token", (query, tenant) => (new TokenSearch { Id = TokenOf(query, tenant) }, null, Page)),
    ];

    /// <summary>The API callers' queries, as the query string of the address.</summary>
    public static IReadOnlyList<(string Kind, Func<long, int, string> Query)> Queries(BenchRun run, long rows)
    {
        var kinds = new ReadKinds(run, rows, []);
        return
        [
            ("newest page of 50", (_, _) => "?limit=50"),
            ("page of a day", (query, _) => $"?limit=50&createdTo={kinds.DayOf(query, 0).ToString(Iso)}"),
            ("status, one in 100", (_, _) => "?limit=50&status=CardExpired"),
            ("status, none", (_, _) => "?limit=50&status=Completed"),
            ("reference, the whole", (query, tenant) => $"?limit=50&reference={kinds.ReferenceOf(query, tenant)}"),
        ];
    }

    private static string LastFourOf(long query) => $"{new Dice((ulong)query).Below(10_000):D4}";

    private string TokenOf(long query, int tenant) => sample[tenant][(int)(query * 7 % sample[tenant].Count)];

    // Rows are assigned to tenants in turn.
    private string ReferenceOf(long query, int tenant) =>
        FillRow.ReferenceOf((new Dice((ulong)query).Below(rows / BenchRun.Locations) * BenchRun.Locations) + tenant);

    private DateTimeOffset DayOf(long query, double later) => run.Datasets.DayOf((long)(rows * ((new Dice((ulong)query).Below(1000) / 1000.0) + later)));
}
