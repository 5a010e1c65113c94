using System.Net;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Resolves the addresses of a host.</summary>
internal interface IHostResolver
{
    /// <summary>Returns the addresses of a host. A host that is written as an IP address resolves to that address.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct);
}

/// <summary>Resolves with the resolver of the operating system.</summary>
internal sealed class SystemResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) => Dns.GetHostAddressesAsync(host, ct);
}
