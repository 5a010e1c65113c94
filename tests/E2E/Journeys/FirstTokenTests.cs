using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>A developer's first day, from a key to a token that is closed again.</summary>
[Collection(PortalAndBrowserTests.Name)]
public sealed class FirstTokenTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_key_is_made_a_call_made_with_it_arrives_live_and_its_token_is_found_opened_and_closed()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var keys = new KeyPages(own.Page);
        var tokens = new TokenPages(own.Page);
        var key = await keys.CreateAsync("Checkout");
        key.ShouldStartWith("sk_sandbox_");

        await own.Visit.OpenAsync(TokenPages.Address);
        var token = await own.TokenizeAsync(key, "Booking 4711");
        await Expect(tokens.RowOf("Booking 4711")).ToBeVisibleAsync();
        await Expect(tokens.RowOf("Booking 4711")).ToContainTextAsync("Checkout");
        await own.TokenizeAsync(key, "Table 12");
        await Expect(tokens.Rows).ToHaveCountAsync(2);

        await tokens.Search.FillAsync("4711");
        await Expect(tokens.Rows).ToHaveCountAsync(1);
        own.Page.Url.ShouldContain("4711");
        await own.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Booking 4711" }).ClickAsync();

        await Expect(tokens.TokenId).ToHaveTextAsync(token);
        await tokens.End.ClickAsync();
        await tokens.ConfirmEnd.ClickAsync();
        await Expect(tokens.Timeline).ToContainTextAsync("Closed");
        await Expect(tokens.Timeline).ToContainTextAsync("Ada Lovelace");
        await Expect(tokens.End).ToHaveCountAsync(0);
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_test_token_is_made_without_a_key_and_without_typing_a_card()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var tokens = new TokenPages(own.Page);
        await own.Visit.OpenAsync(TokenPages.Address);

        await tokens.CreateTestToken.First.ClickAsync();
        await tokens.TestReference.FillAsync("From the portal");
        await tokens.CreateIt.ClickAsync();

        await Expect(new Frame(own.Page).Heading).ToHaveTextAsync("From the portal");
        await Expect(tokens.Timeline).ToContainTextAsync("by Ada Lovelace");
    }

    [Fact]
    public async Task A_reader_who_has_scrolled_keeps_their_place_while_tokens_arrive()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var tokens = new TokenPages(own.Page);
        var key = await own.FirstKeyAsync();
        for (var i = 0; i < 60; i++)
        {
            await own.TokenizeAsync(key, $"Booking {i}");
        }

        await own.Visit.OpenAsync(TokenPages.Address);
        await Expect(tokens.RowOf("Booking 59")).ToBeVisibleAsync();
        await own.Page.EvaluateAsync("window.scrollTo(0, 1200)");
        await own.Page.WaitForFunctionAsync("window.scrollY > 1000");
        await own.TokenizeAsync(key, "While away");

        await Expect(tokens.Pill).ToContainTextAsync("1 new");
        (await own.Page.EvaluateAsync<double>("window.scrollY")).ShouldBeGreaterThan(1000);
        await tokens.Pill.ClickAsync();
        await Expect(tokens.RowOf("While away")).ToBeInViewportAsync();
    }
}
