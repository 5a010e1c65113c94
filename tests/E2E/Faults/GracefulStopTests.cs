using System.Net;
using System.Net.WebSockets;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The portal is stopped while many callers tokenize, a page is open, and a client has sent half a request.</summary>
[Trait("Length", "Long")]
public sealed class GracefulStopTests
{
    private const int Callers = 32;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SIGTERM")]
    [InlineData("SIGHUP")]
    public async Task Under_load_it_ends_in_time_with_0_and_every_200_is_kept(string signal)
    {
        await using var portal = await PortalProcess.StartAsync(new PortalSettings { StopWithin = TimeSpan.FromSeconds(10) }, Ct);
        var caller = await Caller.OfAsync(portal);
        using var circuit = await OpenCircuitAsync(portal);
        using var half = new System.Net.Sockets.TcpClient(portal.BaseAddress.Host, portal.BaseAddress.Port);
        await half.GetStream().WriteAsync("POST /setup-intents HTTP/1.1\r\nHost: local"u8.ToArray(), Ct);

        var load = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => TokenizeUntilTheEndAsync(caller), Ct)).ToArray();
        while (caller.Acknowledged.Count < 10 * Callers)
        {
            await Task.Delay(10, Ct);
        }

        await (signal == "SIGHUP" ? portal.HangUpAsync(Ct) : portal.StopAsync(Ct));
        await Task.WhenAll(load);

        portal.ExitCode.ShouldBe(0);
        await portal.StartAgainAsync(Ct);
        await caller.ShouldFindAllAcknowledgedAsync();
        await DatabaseFile.ShouldBeSoundAsync(portal);
    }

    private static async Task<ClientWebSocket> OpenCircuitAsync(PortalProcess portal)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", portal.BaseAddress.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(portal.BaseAddress) { Scheme = "ws", Path = "_blazor" }.Uri, Ct);
        return socket;
    }

    // Any other answer than 200, or none, ends the loop for this caller. The caller remembers every token answered with 200.
    private static async Task TokenizeUntilTheEndAsync(Caller caller)
    {
        try
        {
            while ((await caller.TokenizeAsync()).Status == HttpStatusCode.OK)
            {
            }
        }
        catch (HttpRequestException)
        {
            // The portal has closed the connection.
        }
    }
}
