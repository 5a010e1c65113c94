using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Dojo.Pci.Portal.Security;

/// <summary>A token bucket for each address, for callers that are not authenticated yet.</summary>
internal sealed class AddressLimiter(TokenBucketRateLimiterOptions bucket) : IDisposable
{
    private readonly TokenBuckets<IPAddress> _buckets = new(bucket);

    /// <summary>Counts a request; false, with the time to wait, if it exceeds the limit.</summary>
    /// <param name="address">The address from which it came.</param>
    /// <param name="nodes">The number of nodes. The request counts once for each, so that each node gives an address its share.</param>
    /// <param name="retryAfter">The time to wait.</param>
    public bool TryTake(IPAddress? address, int nodes, out TimeSpan retryAfter) => _buckets.TryTake(NetworkOf(address), nodes, out retryAfter);

    public void Dispose() => _buckets.Dispose();

    /// <summary>Returns what counts as one address: an IPv4 address, or the /64 network of an IPv6 address, all of which one caller may own.</summary>
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
