using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>What a role does not allow is unreachable: through the menu, by address, and by an event of a page that is still open.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class RolesTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_viewer_looks_tokens_up_and_sees_no_keys_and_no_people()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var token = await own.TokenizeAsync(await own.FirstKeyAsync(), "Booking 4711");
        await using var visit = await Visit.BeginAsync(shared.Browser, own.Portal);
        await new Someone("Vera Viewer", "vera@example.com").SetUpAsync(visit, await InviteAsync(own, "vera@example.com", "Viewer"));

        await Expect(new Frame(visit.Page).NavigationTo("Tokens")).ToBeVisibleAsync();
        await Expect(new Frame(visit.Page).NavigationTo("API keys")).ToHaveCountAsync(0);
        await Expect(new Frame(visit.Page).NavigationTo("Members")).ToHaveCountAsync(0);
        await visit.OpenAsync($"/tokens/{token}");
        await Expect(new TokenPages(visit.Page).TokenId).ToHaveTextAsync(token);
        await Expect(new TokenPages(visit.Page).End).ToHaveCountAsync(0);

        foreach (var address in new[] { "/api-keys", "/api-keys/1", "/api-keys/new", "/api-keys/1/roll", "/members", "/members/invite", "/activity", "/settings" })
        {
            var answer = await visit.Page.GotoAsync(address);
            answer!.Status.ShouldBe(403, address);
            await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("You don't have access to this page");
        }

        // Without a page load: the router of an open circuit checks the same table.
        await visit.OpenAsync("/tokens");
        await visit.Page.EvaluateAsync("Blazor.navigateTo('/api-keys')");
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("You don't have access to this page");
        await Expect(visit.Page.GetByText("First key")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_that_stays_open_does_nothing_for_one_who_may_not_any_more()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        await using var visit = await Visit.BeginAsync(shared.Browser, own.Portal);
        await new Someone("Dev Developer", "dev@example.com").SetUpAsync(visit, await InviteAsync(own, "dev@example.com", "Developer"));
        var pages = new KeyPages(visit.Page);
        var key = await pages.CreateAsync("Checkout");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "See the key" }).ClickAsync();
        await visit.UntilInteractiveAsync();
        await pages.TypedName.FillAsync("Checkout");
        await Expect(pages.DeleteForGood).ToBeEnabledAsync();

        // The owner changes the role; the button is still there for a moment, but its event has no effect.
        await own.Visit.OpenAsync("/members/2");
        await own.Page.Locator("input[name=role][value=Viewer]").CheckAsync();
        await own.Page.GetByRole(AriaRole.Button, new() { Name = "Change role" }).ClickAsync();
        await Expect(own.Page.GetByTestId("role")).ToHaveTextAsync("Viewer");
        await visit.Page.EvaluateAsync("document.querySelector('[data-testid=deletion]')?.requestSubmit()");

        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("You don't have access to this page");
        (await own.StatusForAsync(key)).ShouldBe(System.Net.HttpStatusCode.OK, "the key was not deleted");
    }

    [Fact]
    public async Task A_member_who_is_disabled_is_out_of_the_page_they_have_open_within_five_seconds()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        await using var visit = await Visit.BeginAsync(shared.Browser, own.Portal);
        await new Someone("Dev Developer", "dev@example.com").SetUpAsync(visit, await InviteAsync(own, "dev@example.com", "Developer"));
        await visit.OpenAsync("/tokens");

        await own.Visit.OpenAsync("/members/2");
        await own.Page.GetByRole(AriaRole.Button, new() { Name = "Disable…" }).ClickAsync();
        await own.Page.GetByRole(AriaRole.Button, new() { Name = "Disable Dev Developer" }).ClickAsync();

        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Sign in");
        (await visit.Page.ContentAsync()).ShouldNotContain("Dev Developer");
    }

    private static async Task<string> InviteAsync(PortalOfSomeone own, string email, string role)
    {
        await own.Page.GotoAsync("/members/invite");
        await own.Page.GetByLabel("E-mail address").FillAsync(email);
        await own.Page.Locator($"input[value={role}]").CheckAsync();
        await own.Page.GetByRole(AriaRole.Button, new() { Name = "Create the link" }).ClickAsync();
        return (await own.Page.GetByTestId("invitation-link").InnerTextAsync()).Trim();
    }
}
