using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Everything that opens over a page: dialogs, lists of choices, calendars, the menu of a narrow screen.</summary>
[Trait("Length", "Long")]
[Collection(PagesTests.Name)]
public sealed class EveryOverlayTests(PortalAndBrowser shared, FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    private static readonly Dictionary<string, (string Address, Func<IPage, Task> OpenAsync)> s_dialogs = new(StringComparer.Ordinal)
    {
        ["dialog-test-token"] = ("/tokens", page => new TokenPages(page).CreateTestToken.First.ClickAsync()),
        ["dialog-end-token"] = ("/tokens/TOKEN", page => new TokenPages(page).End.ClickAsync()),
        ["dialog-palette"] = ("/tokens", page => page.Keyboard.PressAsync("Control+k")),
        ["dialog-keyboard"] = ("/logs", page => page.Keyboard.PressAsync("?")),
        ["dialog-clock"] = ("/sandbox", page => page.GetByTestId("by-1-month").ClickAsync()),
        ["dialog-retention"] = ("/settings", async page =>
        {
            await page.GetByTestId("days").First.FillAsync("30");
            await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).First.ClickAsync();
        }),
    };

    /// <summary>Each dialog at two widths.</summary>
    public static TheoryData<string, int> Dialogs => [.. from name in s_dialogs.Keys from width in new[] { 1440, 375 } select (name, width)];

    [Theory]
    [MemberData(nameof(Dialogs))]
    public async Task A_dialog_is_accessible_holds_the_focus_and_gives_it_back_by_Escape(string name, int width)
    {
        var (address, openAsync) = s_dialogs[name];
        await using var visit = await OpenAsync(address, width);
        await openAsync(visit.Page);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();

        await Accessibility.ShouldBeSoundAsync(visit, name);
        for (var tabs = 0; tabs < 12; tabs++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            (await visit.Page.EvaluateAsync<bool>("document.activeElement.closest('.mud-layout') === null")).ShouldBeTrue($"Tab left the dialog after {tabs + 1}");
        }

        await Expect(visit.Page.Locator(".mud-dialog :focus")).ToHaveCountAsync(1);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".mud-layout :focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_palette_leads_to_a_token_a_key_and_a_page_by_keyboard_alone_and_takes_no_card_number()
    {
        await using var visit = await OpenAsync("/members", 1440);
        var (page, entries) = (visit.Page, visit.Page.GetByTestId("palette-entry"));
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByTestId("palette-text")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("4111 1111 1111 1111");
        await Expect(page.GetByTestId("palette")).ToContainTextAsync("Card numbers are not searched for");
        await Expect(entries).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(furnished.Token);
        await Expect(entries.First).ToContainTextAsync($"Open {furnished.Token}");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("token-id")).ToHaveTextAsync(furnished.Token);

        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByTestId("palette-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("checkout");
        await Expect(entries.First).ToContainTextAsync("Checkout");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(entries.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(new Frame(page).Heading).ToHaveTextAsync("Checkout");
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/tokens", 1440)]
    [InlineData("/tokens", 375)]
    [InlineData("/api-keys", 1440)]
    [InlineData("/activity", 1440)]
    [InlineData("/activity", 375)]
    public async Task Every_list_of_choices_and_every_calendar_of_a_page_is_accessible_and_closes_by_Escape(string address, int width)
    {
        await using var visit = await OpenAsync(address, width);
        var fields = visit.Page.Locator("main .mud-select:visible, main .mud-picker:visible");
        var count = await fields.CountAsync();
        count.ShouldBeGreaterThan(0);
        for (var i = 0; i < count; i++)
        {
            await fields.Nth(i).Locator("input:visible, .mud-select-input:visible").First.ClickAsync();
            var open = visit.Page.Locator(".mud-popover-open");
            await Expect(open).ToBeVisibleAsync();
            await Accessibility.ShouldBeSoundWithOpenFieldAsync(visit, $"open{address.Replace('/', '-')}-{i}");
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(open).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task The_menu_of_a_narrow_screen_is_accessible_and_leads_on()
    {
        await using var visit = await OpenAsync("/tokens", 375);
        var menu = visit.Page.GetByTestId("menu");
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false"); // the page knows its width
        await menu.ClickAsync();
        var keys = new Frame(visit.Page).NavigationTo("API keys");
        await Expect(keys).ToBeInViewportAsync();

        await Accessibility.ShouldBeSoundAsync(visit, "menu");

        await keys.ClickAsync();
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("API keys");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(375)]
    public async Task A_dismissed_notice_says_so_in_a_toast_that_undoes_it(int width)
    {
        await using var visit = await OpenAsync("/notices", width);
        var (page, notices) = (visit.Page, visit.Page.GetByTestId("open-notice"));
        await Expect(page.GetByTestId("bell")).ToHaveAttributeAsync("aria-label", "1 notice");
        await page.GetByTestId("dismiss").ClickAsync();
        await Expect(notices).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("bell")).ToHaveAttributeAsync("aria-label", "Notices");

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("Notice dismissed");
        await Accessibility.ShouldBeSoundAsync(visit, "toast");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(notices).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("bell")).ToHaveAttributeAsync("aria-label", "1 notice");
    }

    private async Task<Visit> OpenAsync(string address, int width)
    {
        var visit = await Visit.BeginAsync(shared.Browser, furnished.Portal, Windows.Wide(width), session: furnished.Session);
        await visit.OpenAsync(address.Replace("TOKEN", furnished.Token, StringComparison.Ordinal));
        await Expect(visit.Page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
        return visit;
    }
}
