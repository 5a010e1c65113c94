using System.Globalization;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>A user who reads only buttons, from the printed link to a verified webhook.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class NewcomerTests(PortalAndBrowser shared)
{
    // Each click and each filled field counts. At ten seconds each, which is slow, these take less than five minutes.
    private const int MostActs = 28;

    private const string CountingScript = """
        for (const act of ['click', 'input']) {
          addEventListener(act, event => {
            if (event.isTrusted) {
              localStorage.setItem('acts', Number(localStorage.getItem('acts') ?? 0) + 1);
            }
          }, true);
        }
        """;

    [Fact]
    public async Task The_first_steps_lead_from_the_printed_link_to_a_verified_webhook_in_few_acts()
    {
        await using var portal = await PortalProcess.StartAsync(ct: TestContext.Current.CancellationToken);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        var (page, frame, tokens, webhooks) = (visit.Page, new Frame(visit.Page), new TokenPages(visit.Page), new WebhookPages(visit.Page));
        await page.AddInitScriptAsync(CountingScript);
        await new Someone("Ada Lovelace", "ada@example.com").SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await visit.UntilInteractiveAsync();

        await Next("Open tokens").ClickAsync();
        await tokens.CreateTestToken.First.ClickAsync();
        await tokens.CreateIt.ClickAsync();
        await Expect(tokens.Timeline).ToContainTextAsync("by Ada Lovelace");

        await frame.NavigationTo("Home").ClickAsync();
        await Next("Go to webhooks").ClickAsync();
        await webhooks.Inspect.ClickAsync();
        await webhooks.SendTest.ClickAsync();
        await Expect(webhooks.DeliveryStatus).ToHaveTextAsync("Delivered");
        await webhooks.Deliveries.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(webhooks.Verified).ToHaveTextAsync("Signature verified");

        await frame.NavigationTo("Home").ClickAsync();
        await Expect(frame.Heading).ToHaveTextAsync("Home");
        await Expect(page.Locator("[data-testid=step][aria-current=step]")).ToHaveCountAsync(0);
        int.Parse(await page.EvaluateAsync<string>("localStorage.getItem('acts')"), CultureInfo.InvariantCulture).ShouldBeInRange(8, MostActs);
        visit.Complaints.ShouldBeEmpty();

        ILocator Next(string verb) => page.Locator("[data-testid=step][aria-current=step]").GetByRole(AriaRole.Link, new() { Name = verb });
    }
}
