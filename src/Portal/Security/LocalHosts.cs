using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>Names of the machine that a browser runs on, which browsers trust over plain HTTP too.</summary>
internal static class LocalHosts
{
    private const string Local = "localhost";

    /// <summary>Whether a host is <c>localhost</c>, a name below it (RFC 6761), or a loopback address. No resolver leads these elsewhere.</summary>
    public static bool Includes(HostString host)
    {
        var name = PublicAddress.NameOf(host.Host);
        return name == Local || name.EndsWith($".{Local}", StringComparison.Ordinal) || (TryReadAddress(name, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Whether a name of a host is an address.</summary>
    public static bool TryReadAddress(string name, out IPAddress address) => IPAddress.TryParse(name.Trim('[', ']'), out address!);
}
