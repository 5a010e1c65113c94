using System.Net.WebSockets;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class TooManyPagesTests(PortalAndBrowser shared)
{
    private const int Most = 10;

    [Fact]
    public async Task A_page_that_gets_no_circuit_because_too_many_are_open_says_so_and_works_once_others_are_closed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(
            new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Limits__CircuitsPerCaller"] = $"{Most}" } }, ct);
        var others = new List<ClientWebSocket>();
        for (var i = 0; i < Most; i++)
        {
            var socket = new ClientWebSocket();
            others.Add(socket);
            socket.Options.SetRequestHeader("Origin", portal.BaseAddress.GetLeftPart(UriPartial.Authority));
            await socket.ConnectAsync(new UriBuilder(portal.BaseAddress) { Scheme = "ws", Path = "_blazor" }.Uri, ct);
        }

        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await visit.Page.GotoAsync(LandingPage.Address);
        var notice = visit.Page.Locator("#components-reconnect-modal");
        await Expect(notice).ToBeVisibleAsync();
        await Expect(notice).ToContainTextAsync("Too many pages are open");

        others.ForEach(socket => socket.Dispose());
        using var client = new HttpClient { BaseAddress = portal.BaseAddress };
        client.DefaultRequestHeaders.Add("Origin", portal.BaseAddress.GetLeftPart(UriPartial.Authority));
        while (await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null, ct) is { IsSuccessStatusCode: false })
        {
            await Task.Delay(1000, ct); // until the portal has noticed that they are gone
        }

        await notice.GetByRole(AriaRole.Link, new() { Name = "reload" }).ClickAsync();
        await visit.UntilInteractiveAsync();
        await Expect(notice).ToBeHiddenAsync();
    }
}
