using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>Development without a public address: it answers to this machine's own names, and to no name that a resolver could point here.</summary>
public sealed class DevelopmentHostsTests(DevelopmentHostsTests.Portal portal) : IClassFixture<DevelopmentHostsTests.Portal>
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LocalHost:5080", 200)]
    [InlineData("localhost.:1", 200)]
    [InlineData("portal.localhost:5080", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("127.8.9.10", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("notlocalhost", 400)]
    [InlineData("192.0.2.1:5080", 400)]
    [InlineData("[2001:db8::1]", 400)]
    public async Task A_host_is_one_of_this_machine(string host, int status)
    {
        var answer = await RawHttp.SendAsItIsAsync(portal.Factory.BaseAddress, ["GET /sign-in HTTP/1.1", $"Host: {host}", "Accept: text/html", "Connection: close"]);

        ((int)answer.Status).ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task A_socket_whose_host_and_origin_are_both_foreign_is_refused()
    {
        var answer = await RawHttp.SendAsItIsAsync(
            portal.Factory.BaseAddress,
            ["GET /_blazor HTTP/1.1", "Host: evil.example:5080", "Origin: http://evil.example:5080", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]);

        ((int)answer.Status).ShouldBe(400);
    }

    [Theory]
    [InlineData("http://devbox.example:5080", "devbox.example:5080", true)]
    [InlineData("http://192.0.2.7:5080", "192.0.2.7:5080", true)]
    [InlineData("http://localhost:5080", "localhost:5080", false)]
    public async Task Where_browsers_keep_no_cookies_the_pages_with_forms_say_so(string address, string host, bool says)
    {
        await using var factory = await PortalFactory.StartAsync(new PortalFactory { EnvironmentName = "Development", PublicAddress = address, MakesRootKey = false });

        var answer = await RawHttp.SendAsItIsAsync(factory.BaseAddress, ["GET /sign-in HTTP/1.1", $"Host: {host}", "Accept: text/html", "Connection: close"]);

        ((int)answer.Status).ShouldBe(200, answer.Body);
        answer.Body.Contains("does not keep the cookies", StringComparison.Ordinal).ShouldBe(says);
    }

    public sealed class Portal : IAsyncLifetime
    {
        public PortalFactory Factory { get; } = new() { EnvironmentName = "Development", PublicAddress = "", MakesRootKey = false };

        public ValueTask InitializeAsync() => Factory.InitializeAsync();

        public ValueTask DisposeAsync() => Factory.DisposeAsync();
    }
}
