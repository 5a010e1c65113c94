using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestInsight(IRequestInsightStore store, IRequestSearchStore search, RequestLogAccess access, TimeProvider clock) : IRequestInsight
{
    private const int PartsOfTrend = 24;
    private const double Half = 0.5;
    private const double Most = 0.95;
    private const double NearlyAll = 0.99;

    public async Task<Result<RequestErrors>> ListErrorsAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var kinds = await store.ListErrorsAsync(tenant, from, clock.GetUtcNow(), PartsOfTrend, ct);
        var marks = await store.ListMarksAsync(tenant, ct);
        var names = await search.NameAsync(tenant, [.. kinds.Select(kind => kind.Cause.Key).OfType<ApiKeyId>().Distinct()], ct);
        return new RequestErrors([.. kinds.GroupBy(kind => kind.Cause).Select(Group).OrderByDescending(group => group.LastAt)]);

        RequestErrorGroup Group(IGrouping<RequestErrorCause, CountedErrors> kindsOfCause)
        {
            var latest = kindsOfCause.MaxBy(kind => (kind.LastAt, kind.LastId))!;
            return new RequestErrorGroup(
                kindsOfCause.Key,
                kindsOfCause.Key.Key is { } key ? names.GetValueOrDefault(key) : null,
                [.. kindsOfCause.Select(kind => kind.Route).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                kindsOfCause.Sum(kind => kind.Count),
                kindsOfCause.Min(kind => kind.FirstAt),
                latest.LastAt,
                latest.LastId,
                [.. Enumerable.Range(0, PartsOfTrend).Select(part => kindsOfCause.Sum(kind => kind.Trend[part]))],
                marks.TryGetValue(kindsOfCause.Key, out var seen) ? seen : null);
        }
    }

    public async Task<Result<RequestErrors>> MarkSeenAsync(SignedInMember who, Tenant tenant, RequestErrorCause cause, DateTimeOffset from, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        // Only causes that the log contains can be marked: a client can send any cause in a page event.
        var kinds = await search.ListKindsAsync(tenant, ct);
        if (!kinds.Any(kind => new RequestErrorCause(kind.Status, kind.Refusal ?? "", kind.Key) == cause))
        {
            return new Refusal.NotFound("There are no such errors.");
        }

        await store.MarkAsync(tenant, cause, clock.GetUtcNow(), who.Actor);
        return await ListErrorsAsync(who, tenant, from, ct);
    }

    public async Task<Result<RequestLatencies>> ListLatenciesAsync(SignedInMember who, Tenant tenant, DateTimeOffset from, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) is { } refusal)
        {
            return refusal;
        }

        var counted = await store.ListDurationsAsync(tenant, from, LatencyBuckets.Of, ct);
        var names = await search.NameAsync(tenant, [.. counted.Select(kind => kind.Key).OfType<ApiKeyId>().Distinct()], ct);
        return new RequestLatencies([.. counted.Select(kind => new RequestLatency(
            kind.Method,
            kind.Route,
            kind.Key is { } key ? names.GetValueOrDefault(key) : null,
            kind.Buckets.Values.Sum(),
            PartOf(kind, Half),
            PartOf(kind, Most),
            PartOf(kind, NearlyAll),
            kind.Longest)).OrderByDescending(row => row.P99)]);
    }

    // Exact to within 5 %, and never above the longest duration.
    private static TimeSpan PartOf(CountedDurations kind, double part) => LatencyBuckets.Percentile(kind.Buckets, part)!.Value is var typical && typical < kind.Longest ? typical : kind.Longest;
}
