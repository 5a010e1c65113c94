using System.Net;
using System.Net.Sockets;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

public sealed class ConnectionLimitTests
{
    private const int Most = LimitOptions.Least;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_one_address_holds_every_connection_another_address_is_served()
    {
        await using var portal = await PortalFactory.StartAsync(
            new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits:Connections"] = $"{Most}" } });
        var silent = new List<Socket>();
        while (await TryHoldAsync(portal.BaseAddress.Port) is { } held)
        {
            silent.Add(held);
            silent.Count.ShouldBeLessThanOrEqualTo(Most);
        }

        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (to, ct) => new NetworkStream(await ConnectAsync(IPAddress.Parse("127.0.0.3"), to.DnsEndPoint.Port, ct), ownsSocket: true),
        });
        using var answer = await client.GetAsync(new Uri(portal.BaseAddress, "/health/live"), Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        silent.ForEach(socket => socket.Dispose());
    }

    // A refused connection ends at once; an accepted one is answered, and then held open.
    private static async Task<Socket?> TryHoldAsync(int port)
    {
        try
        {
            var socket = await ConnectAsync(IPAddress.Parse("127.0.0.2"), port, Ct);
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Ct);
            return await socket.ReceiveAsync(new byte[4096], Ct) > 0 ? socket : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0)); // all of 127.0.0.0/8 is this machine
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return socket;
    }
}
