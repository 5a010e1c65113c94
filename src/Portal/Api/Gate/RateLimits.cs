using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Keeps one caller of the API from taking the service for itself. Each of several nodes gives a caller its share of the limit, by counting for all of them: who is
/// heard by all alike has the whole limit, who is heard by one alone its share, and for some seconds after a node has come or gone the shares are those of before.
/// </summary>
internal sealed class RateLimits(IOptions<ApiOptions> options, INodes nodes) : IDisposable
{
    private readonly TokenBuckets<ApiKeyId> _byKey = new(Buckets.PerSecond(options.Value.RequestsPerSecondPerKey));

    private readonly AddressLimiter _byAddress = new(Buckets.PerSecond(options.Value.PublicRequestsPerSecondPerAddress));

    /// <summary>Counts a request with a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(ApiKeyId key, out TimeSpan retryAfter) => _byKey.TryTake(key, nodes.Count, out retryAfter);

    /// <summary>Counts so many further things that a request with a key asks for, as far as there is room for so many at all; all of them or none.</summary>
    public bool TryTake(ApiKeyId key, int further, out TimeSpan retryAfter) => _byKey.TryTake(key, further * nodes.Count, out retryAfter);

    /// <summary>Counts a request without a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan retryAfter) => _byAddress.TryTake(address, nodes.Count, out retryAfter);

    public void Dispose()
    {
        _byKey.Dispose();
        _byAddress.Dispose();
    }
}
