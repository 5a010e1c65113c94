using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class ReconnectingTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_page_says_that_the_portal_is_away_and_comes_back_by_itself()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(ct: ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await visit.OpenAsync(LandingPage.Address);
        var frame = new Frame(visit.Page);
        var landing = new LandingPage(visit.Page);
        await Expect(frame.ReconnectNotice).ToBeHiddenAsync();

        await portal.StopAsync(ct);
        portal.ExitCode.ShouldBe(0);
        await Expect(frame.ReconnectNotice).ToBeVisibleAsync();
        await visit.PictureAsync("reconnecting-1440-light");

        await portal.StartAgainAsync(ct);
        await Expect(frame.ReconnectNotice).ToBeHiddenAsync();
        await visit.UntilInteractiveAsync();
        await landing.Language("Python").ClickAsync();
        await Expect(landing.Sample).ToContainTextAsync("requests.post");
    }
}
