using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api;

/// <summary>Keeps one key from taking the service for itself: a token bucket for each, in this process.</summary>
internal sealed class KeyRateLimiter(IOptions<ApiOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<ApiKeyId> _limiter = PartitionedRateLimiter.Create<ApiKeyId, ApiKeyId>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => BucketOf(options.Value.RequestsPerSecondPerKey)));

    /// <summary>Counts a request; false, with the time to wait, when it is one too many.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the lease of a token bucket holds nothing to give back")]
    public bool TryTake(ApiKeyId key, out TimeSpan retryAfter)
    {
        var lease = _limiter.AttemptAcquire(key);
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static TokenBucketRateLimiterOptions BucketOf(int requestsPerSecond) => new()
    {
        // Refilled ten times a second where there is enough to divide, so that a wait is short.
        TokenLimit = requestsPerSecond * 2,
        TokensPerPeriod = Math.Max(1, requestsPerSecond / 10),
        ReplenishmentPeriod = requestsPerSecond >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / requestsPerSecond),
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
