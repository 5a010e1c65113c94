using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Recognizes addresses of the public internet: all except those in IANA's special-purpose registries (RFC 6890), which belong to this machine, its
/// networks, documentation or tunnels, and those at which clouds give a machine its secrets.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] s_special4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("168.63.129.16/32"), // Azure's own, within a public network
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    // Only 2000::/3 of IPv6 is allocated. Teredo and 6to4 addresses lead to an IPv4 address of their own choice.
    private static readonly IPNetwork s_global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_special6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    // RFC 6052: a translator connects to the IPv4 address in the last four bytes.
    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is public. IPv4-mapped and RFC 6052 addresses are judged by the IPv4 address that they contain.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(s_special4, network => network.Contains(address));
        }

        return s_translated.Contains(address)
            ? Contains(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : s_global6.Contains(address) && !Array.Exists(s_special6, network => network.Contains(address));
    }
}
