using System.Net;
using System.Net.WebSockets;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Security;

public sealed class CircuitLimitTests
{
    private const int Most = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_has_so_many_circuits_and_what_comes_on_top_is_told()
    {
        await using var portal = await StartAsync();
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < Most; i++)
        {
            sockets.Add(await ConnectAsync(portal));
        }

        (await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(portal))).Message.ShouldContain("429");
        using var negotiation = await NegotiateAsync(portal);
        negotiation.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await negotiation.Content.ReadAsStringAsync(Ct)).ShouldContain("open from here");
        sockets.ForEach(socket => socket.Dispose());
        while (await TryConnectAsync(portal) is not { } again)
        {
            await Task.Delay(20, Ct); // until the server notices that they are gone
        }
    }

    [Fact]
    public async Task Circuits_are_carried_by_sockets_alone()
    {
        await using var portal = await StartAsync();
        using var negotiation = await NegotiateAsync(portal);
        var text = await negotiation.Content.ReadAsStringAsync(Ct);

        text.ShouldContain("WebSockets");
        text.ShouldNotContain("LongPolling");
        text.ShouldNotContain("ServerSentEvents");
        var id = text.Split("\"connectionToken\":\"")[1].Split('"')[0];
        using var client = new HttpClient { BaseAddress = portal.BaseAddress };
        foreach (var accept in new[] { "application/json", "text/event-stream" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/_blazor?id={id}");
            request.Headers.Add("Accept", accept);
            request.Headers.Host = "localhost";
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        }
    }

    [Fact]
    public async Task One_address_cannot_negotiate_without_end()
    {
        await using var portal = await StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 10 * Most; i++)
        {
            using var answer = await NegotiateAsync(portal);
            statuses.Add(answer.StatusCode);
        }

        statuses[0].ShouldBe(HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public void A_crowd_of_strangers_keeps_no_member_out_and_no_other_stranger_until_twice_the_places_are_taken()
    {
        using var places = new CircuitSlots(Options.Create(new LimitOptions { Circuits = 100, CircuitsPerCaller = 20 }));
        int Take(CircuitOwner owner) => Enumerable.Range(0, 1000).Count(_ => places.TryEnter(owner));
        for (var i = 0; i < 5; i++)
        {
            Take(new CircuitOwner(0, new IPAddress(i + 1))).ShouldBe(20);
        }

        Take(new CircuitOwner(0, IPAddress.Loopback)).ShouldBe(100 / 6);
        Take(new CircuitOwner(7, null)).ShouldBe(20);
        Enumerable.Range(100, 1000).Sum(i => Take(new CircuitOwner(0, new IPAddress(i)))).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task Sockets_by_HTTP_2_take_places_too()
    {
        using var places = new CircuitSlots(Options.Create(new LimitOptions { CircuitsPerCaller = Most }));
        var open = new TaskCompletionSource();
        var middleware = new CircuitLimitMiddleware(_ => open.Task, places);
        var carried = Enumerable.Range(0, Most).Select(_ => middleware.InvokeAsync(ExtendedConnect())).ToList();
        var onTop = ExtendedConnect();

        await middleware.InvokeAsync(onTop);

        onTop.Response.StatusCode.ShouldBe(StatusCodes.Status429TooManyRequests);
        open.SetResult();
        await Task.WhenAll(carried);
        await middleware.InvokeAsync(onTop = ExtendedConnect());
        onTop.Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
    }

    [Fact]
    public async Task A_circuit_that_is_kept_after_its_socket_was_lost_holds_a_place_of_its_owner()
    {
        var owner = new CircuitOwner(0, IPAddress.Loopback);
        using var places = new CircuitSlots(Options.Create(new LimitOptions { CircuitsPerCaller = 10 }));
        places.NoteCarrier(owner);
        var circuits = Enumerable.Range(0, 10).Select(_ => places.Follow()).ToList();
        foreach (var circuit in circuits)
        {
            await circuit.OnConnectionDownAsync(null!, Ct);
        }

        places.TryEnter(owner).ShouldBeFalse();
        await circuits[0].OnConnectionUpAsync(null!, Ct);
        await circuits[1].OnCircuitClosedAsync(null!, Ct);
        await circuits[0].OnCircuitClosedAsync(null!, Ct);

        places.TryEnter(owner).ShouldBeTrue();
        places.TryEnter(owner).ShouldBeTrue();
        places.TryEnter(owner).ShouldBeFalse();
    }

    private static DefaultHttpContext ExtendedConnect()
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress) = (HttpMethods.Connect, "/_blazor", IPAddress.Loopback);
        context.Features.Set<IHttpExtendedConnectFeature>(new Connecting());
        return context;
    }

    private static Task<PortalFactory> StartAsync() => PortalFactory.StartAsync(
        new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits:CircuitsPerCaller"] = $"{Most}" } });

    private static async Task<HttpResponseMessage> NegotiateAsync(PortalFactory portal)
    {
        using var client = new HttpClient { BaseAddress = portal.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", portal.PublicAddress);
        request.Headers.Host = "localhost";
        request.Headers.Add("X-Forwarded-Proto", "https");
        return await client.SendAsync(request, Ct);
    }

    private static async Task<ClientWebSocket?> TryConnectAsync(PortalFactory portal)
    {
        try
        {
            return await ConnectAsync(portal);
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(PortalFactory portal)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", portal.PublicAddress);
        socket.Options.SetRequestHeader("Host", "localhost");
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "https");
        await socket.ConnectAsync(new UriBuilder(portal.BaseAddress) { Scheme = "ws", Path = "/_blazor" }.Uri, Ct);
        return socket;
    }

    private sealed class Connecting : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => true;

        public string? Protocol => "websocket";

        public ValueTask<Stream> AcceptAsync() => throw new NotSupportedException();
    }
}
