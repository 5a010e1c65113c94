using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Portal.Security;

/// <summary>The reverse proxies that end TLS in front of this service, by address or network: <see cref="PortalOptions.TrustedProxies"/>.</summary>
internal sealed class TrustedProxies
{
    // The prefix of fc00::/7, the largest private network (RFC 4193). A few larger networks would include everyone.
    private const int ShortestPrefix = 7;

    private readonly HashSet<IPAddress> _addresses = [];
    private readonly List<IPNetwork> _networks = [];

    /// <summary>Reads the entries, and skips those that are neither an address nor a network; the start checks refuse them.</summary>
    public TrustedProxies(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (TryParseAddress(entry, out var address))
            {
                _addresses.Add(Plain(address));
            }
            else if (TryParseNetwork(entry, out var network))
            {
                _networks.Add(network);
            }
        }
    }

    /// <summary>Whether a peer is one of the proxies. An IPv4-mapped IPv6 address counts as the IPv4 address.</summary>
    public bool Contains(IPAddress? peer)
    {
        if (peer is null)
        {
            return false;
        }

        var address = Plain(peer);
        return _addresses.Contains(address) || _networks.Exists(network => network.Contains(address));
    }

    /// <summary>Returns what is wrong with an entry of the setting, as a sentence; null if it can be trusted.</summary>
    public static string? FaultOf(string entry)
    {
        if (TryParseAddress(entry, out _))
        {
            return null;
        }

        if (!TryParseNetwork(entry, out var network))
        {
            return $"Portal:TrustedProxies has '{entry}', which is neither an IP address nor a network such as 10.0.0.0/8. Separate several with commas; host names are not accepted.";
        }

        return network.PrefixLength < ShortestPrefix
            ? $"Portal:TrustedProxies has '{entry}': a network larger than /{ShortestPrefix} has too many addresses to trust them all."
            : null;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // The framework also reads "10" as 0.0.0.10, and numbers in other bases; nobody means that.
    private static bool TryParseAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text);

    private static bool TryParseNetwork(string text, out IPNetwork network) =>
        IPNetwork.TryParse(text, out network) && TryParseAddress(text.Split('/')[0], out var first) && !first.IsIPv4MappedToIPv6
        && first.Equals(network.BaseAddress);
}
