using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>Keeps one caller of the API from taking the service for itself.</summary>
internal sealed class RateLimits(IOptions<ApiOptions> options) : IDisposable
{
    private readonly TokenBuckets<ApiKeyId> _byKey = new(Buckets.PerSecond(options.Value.RequestsPerSecondPerKey));

    private readonly AddressLimiter _byAddress = new(Buckets.PerSecond(options.Value.PublicRequestsPerSecondPerAddress));

    /// <summary>Counts a request with a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(ApiKeyId key, out TimeSpan retryAfter) => _byKey.TryTake(key, out retryAfter);

    /// <summary>Counts a request without a key; false, with the time to wait, when it is one too many.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan retryAfter) => _byAddress.TryTake(address, out retryAfter);

    public void Dispose()
    {
        _byKey.Dispose();
        _byAddress.Dispose();
    }
}
