using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>Recognises names of the browser's own machine, which browsers trust even over plain HTTP.</summary>
internal static class LocalHosts
{
    private const string Local = "localhost";

    /// <summary>Whether a host is <c>localhost</c>, a name below it (RFC 6761), or a loopback address. These never resolve to another machine.</summary>
    public static bool Includes(HostString host)
    {
        var name = PublicAddress.NameOf(host.Host);
        return name == Local || name.EndsWith($".{Local}", StringComparison.Ordinal) || (TryReadAddress(name, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Whether a host name is an IP address.</summary>
    public static bool TryReadAddress(string name, out IPAddress address) => IPAddress.TryParse(name.Trim('[', ']'), out address!);
}
