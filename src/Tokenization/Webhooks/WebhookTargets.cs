using System.Collections.Frozen;
using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Decides where events may be sent: to HTTPS URLs with allowed ports, and to no address of this machine or its networks. The form of a URL is validated when
/// it is received and again before sending; the address is validated when connecting, and it is the address that is connected to.
/// </summary>
internal sealed class WebhookTargets(IOptions<WebhookOptions> options)
{
    private const string Localhost = "localhost";

    private readonly FrozenSet<int> _ports = WebhookOptions.PortsIn(options.Value.AllowedPorts)?.ToFrozenSet() ?? [];

    /// <summary>Returns why a URL is not an allowed target, as a sentence that does not repeat it; null when it is allowed.</summary>
    public string? FaultOf(string url, TenantEnvironment environment)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Host.Length == 0)
        {
            return "The Url field must be an absolute URL that begins with https://.";
        }

        if (environment == TenantEnvironment.Sandbox && WebhookUrls.KindOf(url) != WebhookKind.Receiver)
        {
            return null; // nothing is sent to it: see WebhookUrls
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

    /// <summary>Whether a host's address may be connected to.</summary>
    public bool Allows(string host, IPAddress address) =>
        options.Value.AllowLocalhost && IsLocalhost(host) ? IPAddress.IsLoopback(address) : PublicAddresses.Contains(address);

    private static bool IsLocalhost(string host) => host.TrimEnd('.').Equals(Localhost, StringComparison.OrdinalIgnoreCase);
}
