using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>From no endpoint to a verified webhook, without an own server; and the life of a secret.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class FirstWebhookTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task One_click_makes_an_inspector_and_the_next_token_is_seen_there_with_its_signature_verified()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var pages = new WebhookPages(own.Page);
        await own.Visit.OpenAsync(WebhookPages.Address);

        await pages.Inspect.ClickAsync();
        await Expect(own.Page.GetByTestId("empty")).ToContainTextAsync("Nothing has been sent yet");
        var token = await own.TokenizeAsync(await own.FirstKeyAsync(), "Booking 4711");

        // No reload: the event appears by itself.
        await Expect(pages.Deliveries).ToHaveCountAsync(1);
        await Expect(pages.DeliveryStatus).ToHaveTextAsync("Delivered");
        await pages.Deliveries.GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(pages.Verified).ToHaveTextAsync("Signature verified");
        await Expect(own.Page.GetByTestId("request")).ToContainTextAsync("dojo-signature: sha256=");
        await Expect(own.Page.GetByTestId("facts")).ToContainTextAsync(token);
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_is_shown_when_it_is_made_rolled_and_shown_again_on_demand()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var pages = new WebhookPages(own.Page);
        await own.Visit.OpenAsync(WebhookPages.Address);
        await pages.Add.ClickAsync();
        await pages.Url.FillAsync("https://10.0.0.1/hooks");
        await pages.AddIt.ClickAsync();
        await Expect(own.Page.Locator("#fault-Url")).ToContainTextAsync("must name a host on the internet");

        await pages.Url.FillAsync("https://hooks.example.com/incoming");
        await pages.AddIt.ClickAsync();
        var first = (await pages.Secret.InnerTextAsync()).Trim();
        first.ShouldStartWith("whsec_");
        await pages.Saved.ClickAsync();
        await own.Visit.UntilInteractiveAsync();
        await pages.Tab("Secrets").ClickAsync();
        await pages.Roll.ClickAsync();
        await pages.CreateSecret.ClickAsync();
        var second = (await pages.Secret.InnerTextAsync()).Trim();
        second.ShouldNotContain(first);

        await pages.Saved.ClickAsync();
        await own.Visit.UntilInteractiveAsync();
        await Expect(own.Page.GetByTestId("secret-row")).ToHaveCountAsync(2);
        (await own.Page.ContentAsync()).ShouldNotContain("whsec_");
        await pages.Reveal.Last.ClickAsync();
        await pages.ShowIt.ClickAsync();
        (await pages.Secret.InnerTextAsync()).Trim().ShouldBe(first);
        own.Visit.Complaints.ShouldBeEmpty();
    }
}
