using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api;

/// <summary>Keeps one caller from taking the service for itself: a token bucket for each, in this process.</summary>
internal sealed class RateLimits(IOptions<ApiOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<ApiKeyId> _byKey = PartitionedRateLimiter.Create<ApiKeyId, ApiKeyId>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => BucketOf(options.Value.RequestsPerSecondPerKey)));

    private readonly PartitionedRateLimiter<IPAddress> _byAddress = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => BucketOf(options.Value.PublicRequestsPerSecondPerAddress)));

    /// <summary>Counts a request with a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(ApiKeyId key, out TimeSpan retryAfter) => TryTake(_byKey, key, out retryAfter);

    /// <summary>Counts a request without a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan retryAfter) => TryTake(_byAddress, NetworkOf(address), out retryAfter);

    public void Dispose()
    {
        _byKey.Dispose();
        _byAddress.Dispose();
    }

    // Whoever has an IPv6 address has 2^64 of them.
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address ?? IPAddress.None;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the lease of a token bucket holds nothing to give back")]
    private static bool TryTake<T>(PartitionedRateLimiter<T> limiter, T caller, out TimeSpan retryAfter)
    {
        var lease = limiter.AttemptAcquire(caller);
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

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
