using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Keeps one caller of the API from taking the whole service. With several nodes, each gives a caller its share of the limit, by counting each
/// request once per node. A caller whose requests reach all nodes equally has the whole limit; one whose requests reach one node has that node's
/// share. For some seconds after a node joins or leaves, the old shares apply.
/// </summary>
internal sealed class RateLimits(IOptions<ApiOptions> options, INodes nodes) : IDisposable
{
    private readonly TokenBuckets<ApiKeyId> _byKey = new(Buckets.PerSecond(options.Value.RequestsPerSecondPerKey));

    private readonly AddressLimiter _byAddress = new(Buckets.PerSecond(options.Value.PublicRequestsPerSecondPerAddress));

    /// <summary>Counts a request with a key; false, with the time to wait, if it exceeds the limit.</summary>
    public bool TryTake(ApiKeyId key, out TimeSpan retryAfter) => _byKey.TryTake(key, nodes.Count, out retryAfter);

    /// <summary>Counts further items of a request with a key, all or none; never more than a full bucket holds.</summary>
    public bool TryTake(ApiKeyId key, int further, out TimeSpan retryAfter) => _byKey.TryTake(key, further * nodes.Count, out retryAfter);

    /// <summary>Counts a request without a key; false, with the time to wait, if it exceeds the limit.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan retryAfter) => _byAddress.TryTake(address, nodes.Count, out retryAfter);

    public void Dispose()
    {
        _byKey.Dispose();
        _byAddress.Dispose();
    }
}
