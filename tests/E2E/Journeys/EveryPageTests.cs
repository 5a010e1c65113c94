using Deque.AxeCore.Playwright;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>What holds for every page, at both widths and in both themes (DESIGN D23). Leaves a picture of each.</summary>
[Collection(PortalAndBrowserTests.Name)]
public sealed class EveryPageTests(PortalAndBrowser shared)
{
    private const string NotFound = "/not-found";
    private const string Error = "/error";

    public static TheoryData<string, string, int, bool> Pages { get; } = InEveryWindow(
        ("landing", LandingPage.Address), ("test-cards", TestCardsPage.Address), ("not-found", NotFound), ("error", Error));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_its_window_and_loads_without_complaint(string name, string address, int width, bool dark)
    {
        var screen = (width == Screen.Phone.Width ? Screen.Phone : Screen.Desktop) with { PrefersDark = dark };
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal, screen);

        // The error page runs without a circuit, on purpose.
        if (address == Error)
        {
            await visit.Page.GotoAsync(address);
        }
        else
        {
            await visit.OpenAsync(address);
        }

        await visit.Page.EvaluateAsync("document.fonts.ready");
        await visit.PictureAsync($"{name}-{width}-{(dark ? "dark" : "light")}");

        (await visit.ScrollsSidewaysAsync()).ShouldBeFalse("the page is wider than its window");
        visit.Complaints.ShouldBeEmpty();
        await ShouldBeAccessibleAsync(visit.Page);
    }

    private static async Task ShouldBeAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        result.Passes.ShouldNotBeEmpty("no rule was applied: axe did not run");
        result.Violations
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();
    }

    private static TheoryData<string, string, int, bool> InEveryWindow(params (string Name, string Address)[] pages)
    {
        var cases = new TheoryData<string, string, int, bool>();
        foreach (var (name, address) in pages)
        {
            foreach (var width in new[] { Screen.Desktop.Width, Screen.Phone.Width })
            {
                cases.Add(name, address, width, false);
                cases.Add(name, address, width, true);
            }
        }

        return cases;
    }
}
