using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>The address from which a request comes, in the form that is recorded: an IPv4-mapped IPv6 address becomes IPv4.</summary>
internal static class ClientAddress
{
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
