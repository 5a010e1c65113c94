using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The pages below <c>/api-keys</c>.</summary>
internal sealed class KeyPages(IPage page)
{
    public const string Address = "/api-keys";

    public ILocator Keys => page.GetByTestId("key");

    public ILocator Create => page.GetByRole(AriaRole.Link, new() { Name = "Create API key" });

    public ILocator Name => page.GetByLabel("Name", new() { Exact = true });

    public ILocator CreateIt => page.GetByRole(AriaRole.Button, new() { Name = "Create key" });

    public ILocator Secret => page.GetByTestId("secret");

    public ILocator Status => page.GetByTestId("status");

    public ILocator Roll => page.GetByRole(AriaRole.Link, new() { Name = "Roll key" });

    public ILocator RollIt => page.GetByRole(AriaRole.Button, new() { Name = "Create the new key" });

    public ILocator WatchOldKey => page.GetByRole(AriaRole.Link, new() { Name = "watch the old key" });

    public ILocator Meters => page.GetByTestId("meter");

    public ILocator RetireNow => page.GetByTestId("retire-now");

    public ILocator BringBack => page.GetByTestId("bring-back");

    public ILocator TypedName => page.GetByTestId("typed-name");

    public ILocator DeleteForGood => page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" });

    /// <summary>Makes a key through the pages.</summary>
    /// <returns>Its secret, which the page shows only once.</returns>
    public async Task<string> CreateAsync(string name, DateTimeOffset? expiresAt = null)
    {
        await page.GotoAsync(Address);
        await Create.First.ClickAsync();
        await Name.FillAsync(name);
        if (expiresAt is { } end)
        {
            await page.Locator("[name='Input.Life']").SelectOptionAsync(new SelectOptionValue { Label = "At a chosen time" });
            await page.Locator("[name='Input.ExpiresAt']").FillAsync(end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        }

        await CreateIt.ClickAsync();
        return (await Secret.InnerTextAsync()).Trim();
    }
}
