using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The page at <c>/docs/test-cards</c>.</summary>
internal sealed class TestCardsPage(IPage page)
{
    public const string Address = "/docs/test-cards";

    public ILocator Filter => page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter" });

    public ILocator Cards => page.GetByTestId("card");

    public ILocator Empty => page.GetByTestId("empty");

    public ILocator ShowAll => page.GetByRole(AriaRole.Button, new() { Name = "Show all test cards" });

    public ILocator CopyNumberEnding(string lastFour) => page.GetByRole(AriaRole.Button, new() { Name = $"number ending {lastFour}" });
}
