using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The page at <c>/</c>.</summary>
internal sealed class LandingPage(IPage page)
{
    public const string Address = "/";

    public ILocator BaseAddress => page.GetByTestId("base-address");

    public ILocator Sample => page.GetByTestId("sample");

    public ILocator HealthSummary => page.GetByTestId("health-summary");

    public ILocator HealthRows => page.GetByTestId("health-row");

    public ILocator CheckedAt => page.GetByTestId("health").Locator("time");

    public ILocator Language(string name) => page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });

    public ILocator CopyBaseAddress => page.GetByRole(AriaRole.Button, new() { Name = "Copy base address" });

    public ILocator CopySample => page.GetByRole(AriaRole.Button, new() { Name = "sample" });
}
