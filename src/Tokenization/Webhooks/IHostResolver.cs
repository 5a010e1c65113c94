using System.Net;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Finds the addresses of a host.</summary>
internal interface IHostResolver
{
    /// <summary>Its addresses; those of a host that is written as an address are that one.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct);
}

/// <summary>As the machine does it.</summary>
internal sealed class SystemResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) => Dns.GetHostAddressesAsync(host, ct);
}
