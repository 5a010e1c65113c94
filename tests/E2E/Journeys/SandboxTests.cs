using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>The sandbox controls, in a browser.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class SandboxTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task The_clock_is_moved_faults_are_met_a_throwaway_is_made_and_the_sandbox_is_emptied()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var (page, key) = (own.Page, await own.FirstKeyAsync());
        await own.TokenizeAsync(key, "Booking 1");
        await own.Visit.OpenAsync("/sandbox");

        await page.GetByTestId("by-1-year").ClickAsync();
        await Expect(page.GetByTestId("clock-preview")).ToContainTextAsync("Nothing falls due on the way");
        await page.GetByTestId("clock-confirm").ClickAsync();
        await Expect(page.GetByTestId("moved")).ToContainTextAsync("The clock was moved.");
        await Expect(page.GetByTestId("ahead")).ToContainTextAsync("days ahead");

        await page.GetByTestId("UnavailablePercent").FillAsync("100");
        await page.GetByTestId("length").FillAsync("5");
        await page.GetByTestId("set").ClickAsync();
        await Expect(page.GetByTestId("active")).ToContainTextAsync("100 % answered with 503");
        await Expect(page.GetByTestId("fault-banner")).ToContainTextAsync("Faults are on in this sandbox: 100 % answered with 503.");
        (await own.StatusForAsync(key)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Accessibility.ShouldBeSoundAsync(own.Visit, "sandbox-faults");
        await page.GetByTestId("clear").ClickAsync();
        await Expect(page.GetByTestId("fault-banner")).ToHaveCountAsync(0);
        (await own.StatusForAsync(key)).ShouldBe(HttpStatusCode.OK);

        await page.GetByRole(AriaRole.Link, new() { Name = "Make one" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make sandbox" }).ClickAsync();
        var throwaway = (await page.GetByTestId("secret").InnerTextAsync()).Trim();
        (await own.StatusForAsync(throwaway)).ShouldBe(HttpStatusCode.OK);
        await Accessibility.ShouldBeSoundAsync(own.Visit, "sandbox-made");
        await page.GetByRole(AriaRole.Link, new() { Name = "I've saved it" }).ClickAsync();
        await own.Visit.UntilInteractiveAsync();
        await page.GetByTestId("remove").ClickAsync();
        await Expect(page.GetByTestId("none")).ToBeVisibleAsync();
        (await own.StatusForAsync(throwaway)).ShouldBe(HttpStatusCode.Unauthorized);

        await page.GetByTestId("typed").FillAsync("Main location");
        await page.GetByTestId("reset-now").ClickAsync();
        await Expect(page.GetByTestId("done")).ToBeVisibleAsync();
        await own.Visit.OpenAsync("/tokens");
        await Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Booking 1");
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sample_data_is_made_and_looked_at()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        await own.Visit.OpenAsync("/sandbox");

        await own.Page.GetByTestId("seed-number").FillAsync("7");
        await own.Page.GetByTestId("seed-begin").ClickAsync();
        await Expect(own.Page.GetByTestId("seed-result")).ToContainTextAsync("Made 1,000 tokens and 300 payments.");
        await Accessibility.ShouldBeSoundAsync(own.Visit, "sandbox-seeded");
        await own.Visit.PictureAsync("sandbox-seeded");
        await own.Page.GetByRole(AriaRole.Link, new() { Name = "See the tokens" }).ClickAsync();
        await Expect(own.Page.GetByTestId("count")).ToHaveTextAsync("1,000 tokens");
        await own.Visit.OpenAsync("/webhook-endpoints");
        await Expect(own.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Made with sample data");
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Production_has_no_such_page()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        await own.Visit.OpenAsync("/?env=production");

        await Expect(own.Page.GetByRole(AriaRole.Link, new() { Name = "Sandbox", Exact = true }).And(own.Page.Locator(".side-nav a"))).ToHaveCountAsync(0);

        (await own.Page.GotoAsync("/sandbox?env=production"))!.Status.ShouldBe(404);
    }
}
