using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Requests of an hour that ended alike.</summary>
/// <param name="Hour">The hour, since 1970.</param>
/// <param name="StatusClass">The first digit of the status.</param>
/// <param name="Bucket">How long they took (<see cref="LatencyBuckets"/>).</param>
/// <param name="Requests">How many.</param>
internal sealed record ApiCount(long Hour, int StatusClass, int Bucket, long Requests);

/// <summary>Where the figures are kept. They are added by what stores the request log, in the same transaction.</summary>
internal interface IApiMetricsStore
{
    /// <summary>Whether a tenant's location is its account's.</summary>
    Task<bool> ExistsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>A tenant's counts of some hours.</summary>
    Task<IReadOnlyList<ApiCount>> ReadAsync(Tenant tenant, long firstHour, long lastHour, CancellationToken ct);

    /// <summary>What a tenant has done already.</summary>
    Task<FirstSteps> ReadFirstStepsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>A tenant's keys that work now and expire before an instant, the next first.</summary>
    Task<IReadOnlyList<ExpiringKey>> ListExpiringKeysAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset before, CancellationToken ct);

    /// <summary>Deletes up to <paramref name="batchSize"/> counts of the hours before one.</summary>
    /// <returns>How many were deleted: fewer than the batch when none are left.</returns>
    Task<int> DeleteOldestAsync(long beforeHour, int batchSize);
}
