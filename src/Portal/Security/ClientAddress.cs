using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>From where a request comes, in the one spelling that is recorded: IPv4 inside IPv6 is IPv4.</summary>
internal static class ClientAddress
{
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
