using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Dojo.Pci.Portal.Security;

/// <summary>A token bucket for each caller, in this process.</summary>
/// <typeparam name="T">The type that identifies a caller.</typeparam>
internal sealed class TokenBuckets<T> : IDisposable
    where T : notnull
{
    private readonly PartitionedRateLimiter<T> _limiter;
    private readonly int _bucketSize;

    /// <param name="bucket">The options of each bucket; all buckets are refilled together.</param>
    public TokenBuckets(TokenBucketRateLimiterOptions bucket)
    {
        _bucketSize = bucket.TokenLimit;
        Func<T, RateLimiter> make = _ => new TokenBucketRateLimiter(bucket); // made once, not for each request
        _limiter = PartitionedRateLimiter.Create<T, T>(caller => RateLimitPartition.Get(caller, make));
    }

    /// <summary>Takes one token; false, with the time to wait, if there is none.</summary>
    public bool TryTake(T caller, out TimeSpan retryAfter) => TryTake(caller, count: 1, out retryAfter);

    /// <summary>Takes several tokens at once, all or none; at most as many as a bucket holds.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the lease of a token bucket holds nothing to give back")]
    public bool TryTake(T caller, int count, out TimeSpan retryAfter)
    {
        var lease = _limiter.AttemptAcquire(caller, Math.Min(count, _bucketSize));
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>Sizes of buckets.</summary>
internal static class Buckets
{
    /// <summary>Returns a bucket for a rate per second; a burst may be twice as large.</summary>
    public static TokenBucketRateLimiterOptions PerSecond(int count) => new()
    {
        // Refilled ten times per second if the rate is large enough, so that waits are short.
        TokenLimit = 2 * count,
        TokensPerPeriod = Math.Max(1, count / 10),
        ReplenishmentPeriod = count >= 10 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1.0 / count),
        QueueLimit = 0,
        AutoReplenishment = false, // the holder of all buckets refills them
    };

    /// <summary>Returns a bucket for a rate per minute; a burst may use all of it at once.</summary>
    public static TokenBucketRateLimiterOptions PerMinute(int count) => new()
    {
        TokenLimit = count,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1.0 / count),
        QueueLimit = 0,
        AutoReplenishment = false, // the holder of all buckets refills them
    };
}
