using System.Collections.Frozen;
using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Where events may be sent: HTTPS, known ports, and no address of this machine or its networks. The form of a URL is validated when it is given and again
/// before each attempt; where a name leads is validated when connecting, on the address that is connected to.
/// </summary>
internal sealed class WebhookTargets(IOptions<WebhookOptions> options)
{
    private const string Localhost = "localhost";

    private readonly FrozenSet<int> _ports = WebhookOptions.PortsIn(options.Value.AllowedPorts)?.ToFrozenSet() ?? [];

    /// <summary>Why nothing is sent to a URL, as a sentence that does not repeat it; null when it may be.</summary>
    public string? FaultOf(string url, TenantEnvironment environment)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Host.Length == 0)
        {
            return "The Url field must be an absolute URL that begins with https://.";
        }

        if (environment == TenantEnvironment.Sandbox && WebhookUrls.KindOf(url) != WebhookKind.Receiver)
        {
            return null; // sent nowhere: see WebhookUrls
        }

        if (target.Scheme == Uri.UriSchemeHttp && IsLocalhost(target.Host) && options.Value.AllowLocalhost && environment == TenantEnvironment.Sandbox)
        {
            return null;
        }

        if (target.Scheme != Uri.UriSchemeHttps)
        {
            return "The Url field must begin with https://.";
        }

        if (target.UserInfo.Length > 0 || target.Fragment.Length > 0)
        {
            return "The Url field must have no user, password or fragment.";
        }

        if (!_ports.Contains(target.Port))
        {
            return $"The Url field must have one of the ports {string.Join(", ", _ports.Order())}.";
        }

        return IsLocalhost(target.IdnHost) || WebhookUrls.KindOf(url) != WebhookKind.Receiver || (IPAddress.TryParse(target.IdnHost, out var address) && !PublicAddresses.Contains(address))
            ? "The Url field must name a host on the internet."
            : null;
    }

    /// <summary>Whether a connection to an address may be made for a host's sake.</summary>
    public bool Allows(string host, IPAddress address) =>
        options.Value.AllowLocalhost && IsLocalhost(host) ? IPAddress.IsLoopback(address) : PublicAddresses.Contains(address);

    private static bool IsLocalhost(string host) => host.TrimEnd('.').Equals(Localhost, StringComparison.OrdinalIgnoreCase);
}
