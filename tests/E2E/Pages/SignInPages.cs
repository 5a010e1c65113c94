using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The pages below <c>/sign-in</c>.</summary>
internal sealed class SignInPages(IPage page)
{
    public const string Address = "/sign-in";

    public ILocator Email => page.GetByLabel("E-mail address");

    public ILocator Password => page.GetByLabel("Password");

    public ILocator Continue => page.GetByRole(AriaRole.Button, new() { Name = "Continue" });

    public ILocator Code => page.GetByLabel("Code of your authenticator app");

    public ILocator UseCode => page.Locator("form").Filter(new() { Has = Code }).GetByRole(AriaRole.Button, new() { Name = "Sign in" });

    public ILocator UsePasskey => page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" });

    public ILocator OtherWays => page.GetByText("Use a recovery code");

    public ILocator RecoveryCode => page.GetByLabel("Recovery code");

    public ILocator UseRecoveryCode => page.Locator("form").Filter(new() { Has = RecoveryCode }).GetByRole(AriaRole.Button, new() { Name = "Sign in" });

    public ILocator SingleSignOn => page.GetByTestId("single-sign-on");

    public ILocator Error => page.GetByRole(AriaRole.Alert);
}
