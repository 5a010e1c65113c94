using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// The address by which people and programs know the service (<see cref="PortalOptions.PublicAddress"/>), in the canonical spelling of
/// browsers: lower case, ASCII (IDNA), no dot at the end, no port that the scheme implies. Links, redirects, the origin of circuits and
/// passkeys are based on it, never on what a request says.
/// </summary>
internal sealed class PublicAddress
{
    /// <summary>Reads a text that the start checks have accepted; an empty text means that no address is set.</summary>
    public PublicAddress(string text)
    {
        if (TryParse(text, out var address))
        {
            Scheme = address.Scheme;
            Host = HostOf(address);
            Origin = $"{Scheme}{Uri.SchemeDelimiter}{Host.Value}";
        }
    }

    /// <summary>Scheme, host and port, without a trailing slash; null if no address is set.</summary>
    public string? Origin { get; }

    /// <summary><c>https</c>, or <c>http</c> in development; null if no address is set.</summary>
    public string? Scheme { get; }

    /// <summary>Host and port, as a browser sends them; empty if no address is set.</summary>
    public HostString Host { get; }

    /// <summary>Whether a text is a valid address for the setting: <c>http</c> or <c>https</c>, a host, and nothing after it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && address.Host is { Length: > 0 } and not ("*" or "+")
        && !(IPAddress.TryParse(address.Host, out var literal) && (literal.Equals(IPAddress.Any) || literal.Equals(IPAddress.IPv6Any)));

    /// <summary>Lists what is wrong with the setting.</summary>
    public static IEnumerable<string> FaultsOfSetting(IConfiguration configuration) =>
        configuration[$"{PortalOptions.Section}:{nameof(PortalOptions.PublicAddress)}"] is { Length: > 0 } written && !TryParse(written, out _)
            ? ["Portal:PublicAddress must be an address without a path, such as https://pci.example.com."]
            : [];

    /// <summary>Returns a host name in canonical spelling: <c>[2001:db8::1]</c> for <c>[2001:DB8:0::1]</c>, <c>localhost</c> for <c>LocalHost.</c></summary>
    public static string NameOf(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name is ['[', .., ']'] && IPAddress.TryParse(name[1..^1], out var literal) ? $"[{literal}]" : name.ToLowerInvariant();
    }

    /// <summary>Whether a host, with or without its port, is the host of this address.</summary>
    public bool IsAt(HostString host) =>
        host.Value == Host.Value
        || (host.HasValue && NameOf(host.Host) == Host.Host && (host.Port ?? ImpliedPort) == (Host.Port ?? ImpliedPort));

    private int ImpliedPort => Scheme == Uri.UriSchemeHttps ? 443 : 80;

    private static HostString HostOf(Uri address)
    {
        var name = NameOf(address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost);
        return address.IsDefaultPort ? new HostString(name) : new HostString(name, address.Port);
    }
}
