using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Pages;

/// <summary>The pages below <c>/webhook-endpoints</c>.</summary>
internal sealed class WebhookPages(IPage page)
{
    public const string Address = "/webhook-endpoints";

    public ILocator Inspect => page.GetByTestId("inspect");

    public ILocator Add => page.GetByRole(AriaRole.Link, new() { Name = "Add endpoint" });

    public ILocator Url => page.GetByLabel("URL", new() { Exact = true });

    public ILocator AddIt => page.GetByRole(AriaRole.Button, new() { Name = "Add endpoint" });

    public ILocator Secret => page.GetByTestId("secret");

    public ILocator Saved => page.GetByRole(AriaRole.Link, new() { Name = "I've saved it" });

    public ILocator SendTest => page.GetByTestId("send-test");

    public ILocator Deliveries => page.GetByTestId("delivery");

    public ILocator DeliveryStatus => page.GetByTestId("delivery-status");

    public ILocator Verified => page.GetByTestId("verified");

    public ILocator State => page.GetByTestId("state");

    public ILocator Tab(string name) => page.GetByRole(AriaRole.Tab, new() { Name = name });

    public ILocator Roll => page.GetByTestId("roll-secret");

    public ILocator CreateSecret => page.GetByRole(AriaRole.Button, new() { Name = "Create the secret" });

    public ILocator Reveal => page.GetByTestId("reveal");

    public ILocator ShowIt => page.GetByRole(AriaRole.Button, new() { Name = "Show the secret" });
}
