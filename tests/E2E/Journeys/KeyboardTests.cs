using System.Text.RegularExpressions;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Everything that works with a mouse also works without one (DESIGN D23).</summary>
[Collection(PortalAndBrowserTests.Name)]
[Trait("Length", "Long")]
public sealed partial class KeyboardTests(PortalAndBrowser shared)
{
    private const int MostTabs = 60;

    [Fact]
    public async Task A_token_is_made_found_opened_closed_and_left_again_by_keyboard_alone()
    {
        await using var own = await PortalOfSomeone.StartAsync(shared.Browser);
        var (page, frame, tokens) = (own.Page, new Frame(own.Page), new TokenPages(own.Page));
        await own.Visit.OpenAsync("/");

        await ReachAsync(page, frame.NavigationTo("Tokens"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(frame.Heading).ToHaveTextAsync("Tokens");

        await ReachAsync(page, tokens.CreateTestToken.First);
        await page.Keyboard.PressAsync("Enter");
        await ReachAsync(page, tokens.TestReference);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("By keyboard");
        await ReachAsync(page, tokens.CreateIt);
        await page.Keyboard.PressAsync("Enter");
        await Expect(frame.Heading).ToHaveTextAsync("By keyboard");

        await own.Visit.OpenAsync(TokenPages.Address);
        await page.Keyboard.PressAsync("/");
        await Expect(tokens.Search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("keyboard");
        await Expect(page).ToHaveURLAsync(SearchedFor()); // before the search there is one row too
        await Expect(tokens.Rows).ToHaveCountAsync(1);
        await ReachAsync(page, tokens.RowOf("By keyboard").GetByRole(AriaRole.Link));
        await page.Keyboard.PressAsync("Enter");
        await Expect(frame.Heading).ToHaveTextAsync("By keyboard");

        await ReachAsync(page, tokens.End);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".mud-dialog :focus")).ToHaveCountAsync(1); // key presses go to the focused element
        await page.Keyboard.PressAsync("Escape");
        await Expect(tokens.ConfirmEnd).ToHaveCountAsync(0);
        await Expect(tokens.End).ToBeFocusedAsync();

        await ReachAsync(page, tokens.End);
        await page.Keyboard.PressAsync("Enter");
        await ReachAsync(page, tokens.ConfirmEnd);
        await page.Keyboard.PressAsync("Enter");
        await Expect(tokens.Timeline).ToContainTextAsync("Closed");
        own.Visit.Complaints.ShouldBeEmpty();
    }

    [GeneratedRegex("[?&]q=keyboard(?:&|$)", RegexOptions.None, 1000)]
    private static partial Regex SearchedFor();

    /// <summary>Presses Tab until something has the focus.</summary>
    private static async Task ReachAsync(IPage page, ILocator locator)
    {
        await Expect(locator).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await locator.EvaluateAsync<bool>("element => element.contains(document.activeElement)"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"{MostTabs} times Tab did not lead to {locator}.");
    }
}
