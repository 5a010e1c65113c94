using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Dojo.Pci.Portal.Security;

/// <summary>A token bucket for each address from which nobody is known yet.</summary>
internal sealed class AddressLimiter(TokenBucketRateLimiterOptions bucket) : IDisposable
{
    private readonly TokenBuckets<IPAddress> _buckets = new(bucket);

    /// <summary>Counts something; false, with the time to wait, when it is one too many.</summary>
    /// <param name="address">From where it came.</param>
    /// <param name="nodes">For how many nodes it counts: each gives an address its share.</param>
    /// <param name="retryAfter">The time to wait.</param>
    public bool TryTake(IPAddress? address, int nodes, out TimeSpan retryAfter) => _buckets.TryTake(NetworkOf(address), nodes, out retryAfter);

    public void Dispose() => _buckets.Dispose();

    /// <summary>What counts as one address: anyone who has an IPv6 address has 2^64 of them.</summary>
    public static IPAddress NetworkOf(IPAddress? address)
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
}
