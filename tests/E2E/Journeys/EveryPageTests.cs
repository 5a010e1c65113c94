using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Every page for visitors who are not signed in, at three widths and in both themes.</summary>
[Trait("Length", "Long")]
[Collection(PagesTests.Name)]
public sealed class EveryPageTests(PortalAndBrowser shared)
{
    /// <summary>The name and address of each page, and whether it has a circuit.</summary>
    public static TheoryData<string, string, bool> Pages =>
    [
        ("landing", LandingPage.Address, true),
        ("test-cards", TestCardsPage.Address, true),
        ("docs", "/docs", false),
        ("docs-guide", "/docs/webhooks", false),
        ("docs-operation", "/docs/api/setup-intents-create?lang=go", false),
        ("docs-assistants", "/docs/assistants", false),
        ("docs-errors", "/docs/errors", false),
        ("docs-error", "/docs/errors/card-number", false),
        ("docs-search", "/docs/search?q=refund", false),
        ("docs-search-nothing", "/docs/search?q=nothing+like+it", false),
        ("not-found", "/not-found", true),
        ("forbidden", "/forbidden", false),
        ("error", "/error", false),
        ("sign-in", SignInPages.Address, false),
        ("set-up", "/setup", false),
        ("set-up-refused", "/setup?token=nothing", false),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_its_window_and_loads_without_complaint(string name, string address, bool hasCircuit)
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        visit.Forgive("410 (Gone)"); // the answer to an invalid link, which the browser reports
        foreach (var screen in Windows.All)
        {
            await visit.LookThroughAsync(screen);
            await (hasCircuit ? visit.OpenAsync(address) : visit.Page.GotoAsync(address));

            await Accessibility.ShouldBeSoundAsync(visit, name);
        }
    }
}
