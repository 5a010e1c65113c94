using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Reads the log in sum, and keeps what members note about it.</summary>
internal interface IRequestInsightStore
{
    /// <summary>The errors of a time, by kind.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The first instant after the time.</param>
    /// <param name="parts">Into how many parts the trend is cut.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<CountedErrors>> ListErrorsAsync(Tenant tenant, DateTimeOffset from, DateTimeOffset until, int parts, CancellationToken ct);

    /// <summary>When groups of errors were last looked at.</summary>
    Task<IReadOnlyDictionary<RequestErrorCause, DateTimeOffset>> ListMarksAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Notes that one was.</summary>
    Task MarkAsync(Tenant tenant, RequestErrorCause cause, DateTimeOffset at, string actor);

    /// <summary>The durations of a time by method, route and key, sorted into buckets.</summary>
    Task<IReadOnlyList<CountedDurations>> ListDurationsAsync(Tenant tenant, DateTimeOffset from, Func<TimeSpan, int> bucketOf, CancellationToken ct);
}

/// <summary>Errors of one kind in a time.</summary>
internal sealed record CountedErrors(RequestErrorCause Cause, string Route, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, long LastId, IReadOnlyList<long> Trend);

/// <summary>Durations of requests of some kinds.</summary>
internal sealed record CountedDurations(string Method, string Route, ApiKeyId? Key, IReadOnlyDictionary<int, long> Buckets, TimeSpan Longest);
