using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The frame around every page.</summary>
internal sealed class Frame(IPage page)
{
    public ILocator SkipLink => page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });

    public ILocator Main => page.GetByRole(AriaRole.Main);

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Announcement => page.Locator("#announcer");

    public ILocator ReconnectNotice => page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost" });

    public ILocator ThemeNamed(string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public ILocator NavigationTo(string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = name });

    public Task ShouldBeLightAsync() => Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");

    public Task ShouldBeDarkAsync() => Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(14, 18, 23)");

    /// <summary>Reads the clipboard, from a separate page: the portal's pages may not read it.</summary>
    public async Task<string> ClipboardAsync()
    {
        var reader = await page.Context.NewPageAsync();
        await reader.RouteAsync("**/clipboard", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>Clipboard</title>" }));
        await reader.GotoAsync("/clipboard");
        await reader.BringToFrontAsync();
        var text = await reader.EvaluateAsync<string>("navigator.clipboard.readText()");
        await reader.CloseAsync();
        return text;
    }
}
