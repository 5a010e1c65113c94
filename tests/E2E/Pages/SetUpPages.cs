using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The pages below <c>/setup</c>.</summary>
internal sealed class SetUpPages(IPage page)
{
    public ILocator Name => page.GetByLabel("Your name");

    public ILocator Email => page.GetByLabel("E-mail address");

    public ILocator Password => page.GetByLabel("Password");

    public ILocator Continue => page.GetByRole(AriaRole.Button, new() { Name = "Continue" });

    public ILocator Key => page.GetByTestId("totp-key");

    public ILocator Code => page.GetByLabel("Code that the app shows");

    public ILocator UseApp => page.GetByRole(AriaRole.Button, new() { Name = "Use this app" });

    public ILocator CreatePasskey => page.GetByRole(AriaRole.Button, new() { Name = "Create a passkey" });

    public ILocator RecoveryCodes => page.GetByTestId("recovery-codes").Locator("code");

    public ILocator Enter => page.GetByRole(AriaRole.Link, new() { Name = "I've saved my codes" });
}
