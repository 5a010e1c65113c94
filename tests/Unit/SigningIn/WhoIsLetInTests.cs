using System.Net;
using System.Text.RegularExpressions;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed partial class WhoIsLetInTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly string[] s_openPages =
        ["/", "/docs", "/docs/{Slug}", "/docs/api/{Slug}", "/docs/errors", "/docs/errors/{Code}", "/docs/search", "/docs/test-cards", "/sign-in", "/sign-in/factor", "/setup", "/setup/factor", "/reset", "/not-found", "/error", "/forbidden", "/form-expired"];

    [Fact]
    public void Every_page_says_whom_it_lets_in_and_only_these_let_in_strangers()
    {
        var pages = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).ToList();

        pages.Where(page => page.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(page => page.RoutePattern.RawText!)
            .ShouldBe(s_openPages, ignoreOrder: true);
        pages.Where(page => page.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .ShouldAllBe(page => page.Metadata.GetMetadata<IAuthorizeData>() != null);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_back_from_every_other_page()
    {
        using var browser = new Browser(portal);
        foreach (var page in Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var address = Placeholder().Replace(page.RoutePattern.RawText!, "1");

            var answer = await browser.AskAsync(address);

            answer.Status.ShouldBe(HttpStatusCode.Redirect, address);
            answer.Location.ShouldBe($"/sign-in?returnUrl={Uri.EscapeDataString(address)}");
        }
    }

    [Fact]
    public void What_no_rule_opens_is_shut() =>
        portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AuthorizationOptions>>().Value.FallbackPolicy.ShouldNotBeNull();

    [Fact]
    public void Nothing_but_the_API_and_these_is_open_without_being_a_page()
    {
        string[] api = ["/setup-intents", "/payment-intents", "/customers", "/webhooks", "/sandbox", "/health", "/openapi", "/mcp", "/docs/test-cards", "/docs/reference"];
        var open = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct(StringComparer.Ordinal)
            .Where(path => !Array.Exists(api, root => path.StartsWith(root, StringComparison.Ordinal)) && !path.StartsWith("/_", StringComparison.Ordinal) && !Path.HasExtension(path));

        open.ShouldBe(["/session", "/session/input", "/sign-out"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    [InlineData("own", true)]
    public async Task A_circuit_opens_for_a_page_of_ours_alone(string? origin, bool opens)
    {
        using var client = new HttpClient(new TlsProxyHandler(portal)) { BaseAddress = portal.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? portal.PublicAddress : origin);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(opens ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData(null, false)]
    [InlineData("own", true)]
    public async Task A_socket_opens_for_a_page_of_ours_alone(string? origin, bool opens)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "localhost");
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "https");
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin == "own" ? portal.PublicAddress : origin);
        }

        var address = new UriBuilder(portal.BaseAddress) { Scheme = "ws", Path = "/_blazor" }.Uri;
        var opening = socket.ConnectAsync(address, TestContext.Current.CancellationToken);

        if (opens)
        {
            await opening;
            socket.State.ShouldBe(System.Net.WebSockets.WebSocketState.Open);
        }
        else
        {
            await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(opening);
        }
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    private IEnumerable<RouteEndpoint> Endpoints() =>
        portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
