using System.Net;
using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>Proxies at 10.0.0.1 and in 10.1.0.0/16; all others are clients.</summary>
public sealed class ProxyHeadersTests
{
    [Theory]
    [InlineData("10.0.0.1", "198.51.100.7", "https", "198.51.100.7", "https")]
    [InlineData("10.0.0.1", "198.51.100.7, 10.1.2.3", "https, http", "198.51.100.7", "https")] // each proxy adds what it saw
    [InlineData("10.0.0.1", "198.51.100.7, 10.1.2.3", "http, https", "198.51.100.7", "http")]
    [InlineData("10.0.0.1", "198.51.100.7, 10.1.2.3", "https", "198.51.100.7", "https")] // the inner proxy passes on the outer one's value
    [InlineData("10.0.0.1", "198.51.100.7, 10.1.2.3, 10.1.9.9", "https, http, http", "198.51.100.7", "https")]
    [InlineData("10.0.0.1", "10.0.0.9, 198.51.100.7", "https, http", "198.51.100.7", "http")] // a client that invents a list
    [InlineData("10.0.0.1", "192.0.2.1, 198.51.100.7, 10.1.2.3", "https, http, http", "198.51.100.7", "http")]
    [InlineData("10.0.0.1", "192.0.2.1|198.51.100.7, 10.1.2.3", "https|http, http", "198.51.100.7", "http")] // as several lines
    [InlineData("10.0.0.1", null, "https, http", "10.0.0.1", "http")] // without addresses no proxy vouches for the first
    [InlineData("10.0.0.1", "unknown", "https", "10.0.0.1", "https")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown", "http, https", "10.0.0.1", "https")]
    [InlineData("10.0.0.1", "198.51.100.7:4711", "https", "198.51.100.7", "https")]
    [InlineData("10.0.0.1", "[2001:db8::7]:4711", "wss", "2001:db8::7", "https")]
    [InlineData("10.0.0.1", "2001:db8::7", "ws", "2001:db8::7", "http")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.7", "https", "198.51.100.7", "https")]
    [InlineData("10.0.0.1", null, null, "10.0.0.1", "http")]
    [InlineData("10.0.0.2", "192.0.2.1", "https", "10.0.0.2", "http")]
    [InlineData(null, "192.0.2.1", "https", null, "http")]
    public async Task The_first_that_is_no_proxy_is_the_client(string? peer, string? addresses, string? schemes, string? client, string scheme)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Request.Headers["X-Forwarded-For"] = addresses?.Split('|');
        context.Request.Headers["X-Forwarded-Proto"] = schemes?.Split('|');

        await new ProxyHeadersMiddleware(_ => Task.CompletedTask, new TrustedProxies(["10.0.0.1", "10.1.0.0/16"])).InvokeAsync(context);

        context.Connection.RemoteIpAddress?.ToString().ShouldBe(client);
        context.Request.Scheme.ShouldBe(scheme);
    }

    [Theory]
    [InlineData("Portal:TrustedProxies", "10.0.0.5", "10.0.0.5")]
    [InlineData("Portal:TrustedProxies", "10.0.0.5, 10.1.0.0/16", "10.0.0.5|10.1.0.0/16")]
    [InlineData("Portal:TrustedProxies", "10.0.0.5;fd00::/8", "10.0.0.5|fd00::/8")]
    [InlineData("Portal:TrustedProxies:0", "10.0.0.5,10.0.0.6", "10.0.0.5|10.0.0.6")]
    [InlineData("Portal:TrustedProxies", "", "")]
    public void A_list_may_be_written_as_one_text(string name, string value, string entries)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, value)]).Build();

        string.Join('|', Portal.PortalOptions.ReadList(settings.GetSection("Portal:TrustedProxies"))).ShouldBe(entries);
    }
}
