using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>The number of requests of one hour with the same status class and latency bucket.</summary>
/// <param name="Hour">The hour, counted from 1970.</param>
/// <param name="StatusClass">The first digit of the status.</param>
/// <param name="Bucket">The bucket of their duration (<see cref="LatencyBuckets"/>).</param>
/// <param name="Requests">The number of requests.</param>
internal sealed record ApiCount(long Hour, int StatusClass, int Bucket, long Requests);

/// <summary>Stores the metrics. The store of the request log adds to them, in the same transaction.</summary>
internal interface IApiMetricsStore
{
    /// <summary>Checks whether a tenant's location belongs to its account.</summary>
    Task<bool> ExistsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Reads a tenant's counts for a range of hours.</summary>
    Task<IReadOnlyList<ApiCount>> ReadAsync(Tenant tenant, long firstHour, long lastHour, CancellationToken ct);

    /// <summary>Reads which first steps a tenant has taken.</summary>
    Task<FirstSteps> ReadFirstStepsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Lists a tenant's keys that are valid now and expire before an instant, the earliest first.</summary>
    Task<IReadOnlyList<ExpiringKey>> ListExpiringKeysAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset before, CancellationToken ct);

    /// <summary>Deletes up to <paramref name="batchSize"/> counts of the hours before <paramref name="beforeHour"/>.</summary>
    /// <returns>The number of deleted counts: fewer than the batch size when none are left.</returns>
    Task<int> DeleteOldestAsync(long beforeHour, int batchSize);
}
