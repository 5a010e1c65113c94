using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Reads aggregates of the log, and stores which errors members have seen.</summary>
internal interface IRequestInsightStore
{
    /// <summary>Counts the errors of a period by cause and route.</summary>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="from">The first instant of the period.</param>
    /// <param name="until">The first instant after the period.</param>
    /// <param name="parts">The number of parts of the trend.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<IReadOnlyList<CountedErrors>> ListErrorsAsync(Tenant tenant, DateTimeOffset from, DateTimeOffset until, int parts, CancellationToken ct);

    /// <summary>Lists when groups of errors were last marked as seen.</summary>
    Task<IReadOnlyDictionary<RequestErrorCause, DateTimeOffset>> ListMarksAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Marks a group of errors as seen.</summary>
    Task MarkAsync(Tenant tenant, RequestErrorCause cause, DateTimeOffset at, string actor);

    /// <summary>Counts the durations since an instant by method, route and key, sorted into buckets.</summary>
    Task<IReadOnlyList<CountedDurations>> ListDurationsAsync(Tenant tenant, DateTimeOffset from, Func<TimeSpan, int> bucketOf, CancellationToken ct);
}

/// <summary>The errors of one cause and route in a period.</summary>
internal sealed record CountedErrors(RequestErrorCause Cause, string Route, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, long LastId, IReadOnlyList<long> Trend);

/// <summary>The durations of the requests of one method, route and key.</summary>
internal sealed record CountedDurations(string Method, string Route, ApiKeyId? Key, IReadOnlyDictionary<int, long> Buckets, TimeSpan Longest);
