using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestBrowsing(IRequestSearchStore store, RequestLogAccess access, RequestLogFeed feed, TimeProvider clock) : IRequestExplorer
{
    private const int LargestPage = 200;
    private const int MostBars = 200;
    private const int CountedUpTo = 1000;

    public async Task<Result<RequestPage>> SearchAsync(SignedInMember who, Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct)
    {
        if (await RefuseAsync(who, tenant, search, ct) is { } refusal)
        {
            return refusal;
        }

        // One more than asked for shows whether there is another page.
        limit = Math.Clamp(limit, 1, LargestPage);
        var found = await store.SearchAsync(tenant, search, after, limit + 1, ct);
        var rows = await NameAsync(tenant, found.Take(limit).ToList(), ct);
        return new RequestPage(rows, found.Count > limit ? rows[^1].Cursor : null);
    }

    public async Task<Result<RequestHistogram>> CountAsync(SignedInMember who, Tenant tenant, RequestSearch search, TimeSpan width, CancellationToken ct)
    {
        if (await RefuseAsync(who, tenant, search, ct) is { } refusal)
        {
            return refusal;
        }

        var until = search.Until ?? clock.GetUtcNow();
        var from = search.From ?? until - MostBars * width;
        return until <= from || (until - from) / width > MostBars
            ? new Refusal.Invalid([new FieldError("From", "The range must begin before it ends, and may have at most 200 bars.")])
            : await store.CountAsync(tenant, search with { From = from, Until = until }, width, CountedUpTo, ct);
    }

    public async Task<Result<RequestDetail>> FindAsync(SignedInMember who, Tenant tenant, long id, RequestSearch search, CancellationToken ct)
    {
        if (await RefuseAsync(who, tenant, search, ct) is { } refusal)
        {
            return refusal;
        }

        if (await store.FindAsync(tenant, id, ct) is not { } entry)
        {
            return new Refusal.NotFound("There is no such request. Requests are kept for 30 days.");
        }

        var cursor = new RequestCursor(entry.At, id);
        var same = new RequestSearch { Method = entry.Method, Route = entry.Route, Key = entry.Key };
        RequestLogEntry?[] around =
        [
            entry,
            await store.FindLaterAsync(tenant, search, cursor, ct),
            await FirstAsync(tenant, search, cursor, ct),
            await store.FindLaterAsync(tenant, same, cursor, ct),
            await FirstAsync(tenant, same, cursor, ct),
        ];
        var rows = (await NameAsync(tenant, [.. around.OfType<RequestLogEntry>()], ct)).ToLookup(row => row.Id);
        var found = around.Select(one => one is null ? null : rows[one.Id!.Value].First()).ToList();
        return new RequestDetail(rows[id].First(), found[1], found[2], found[3], found[4]);
    }

    public async Task<Result<RequestChoices>> ListChoicesAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var kinds = await store.ListKindsAsync(tenant, ct);
        var names = await store.NameAsync(tenant, [.. kinds.Select(kind => kind.Key).OfType<ApiKeyId>().Distinct()], ct);
        return new RequestChoices(
            Each(kinds.Select(kind => kind.Method)),
            Each(kinds.Select(kind => kind.Route)),
            [.. kinds.Select(kind => kind.Status).Distinct().Order()],
            Each(kinds.Select(kind => kind.Version).OfType<string>()),
            Each(kinds.Select(kind => kind.Refusal).OfType<string>().SelectMany(refusal => refusal.Split(','))),
            [.. names.Values.OrderBy(key => key.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    public async Task<Result<FeedSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal ? refusal : feed.Follow(tenant);

    private static IReadOnlyList<string> Each(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private async Task<RequestLogEntry?> FirstAsync(Tenant tenant, RequestSearch search, RequestCursor after, CancellationToken ct) =>
        await store.SearchAsync(tenant, search, after, 1, ct) is [var first, ..] ? first : null;

    private async Task<Refusal?> RefuseAsync(SignedInMember who, Tenant tenant, RequestSearch search, CancellationToken ct) =>
        await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) ?? Validate(search);

    private static Refusal.Invalid? Validate(RequestSearch search) => RequestSearch.ValidateText(search.Text) is { } error ? new Refusal.Invalid([error]) : null;

    private async Task<IReadOnlyList<RequestRow>> NameAsync(Tenant tenant, IReadOnlyList<RequestLogEntry> entries, CancellationToken ct)
    {
        var names = await store.NameAsync(tenant, [.. entries.Select(entry => entry.Key).OfType<ApiKeyId>().Distinct()], ct);
        return [.. entries.Select(entry => new RequestRow(entry, entry.Key is { } key ? names.GetValueOrDefault(key) : null))];
    }
}
