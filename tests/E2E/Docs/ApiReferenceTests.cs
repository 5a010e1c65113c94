using System.Collections.Concurrent;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Docs;

/// <summary>The API reference, which a library renders: it satisfies the policy of its path and contacts only this service.</summary>
[Trait("Length", "Long")]
[Collection(DocsTests.Name)]
public sealed class ApiReferenceTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task The_reference_loads_from_this_service_alone_and_breaks_no_policy()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        var asked = new ConcurrentBag<string>();
        visit.Page.Request += (_, request) => asked.Add(request.Url);

        var answer = await visit.Page.GotoAsync("/docs/reference");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Dojo PCI Portal" }).First).ToBeVisibleAsync();
        await visit.PictureAsync("docs-reference-1440-light");

        answer!.Headers["content-security-policy"].ShouldNotContain("https:");
        asked.Where(url => !url.StartsWith(shared.Portal.BaseAddress.ToString(), StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal)).ShouldBeEmpty();

        // The library tests whether it may evaluate code from text. It may not, and continues without.
        visit.Forgive("Refused by policy: script-src eval");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_is_tried_in_the_sandbox_with_a_key()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.Page.GotoAsync("/docs/reference#tag/webhooks/GET/webhooks/events");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Value" }).Or(visit.Page.GetByPlaceholder("QUxMIFlPVVIgQkFTRSBBUkUgQkVMT05HIFRPIFVT")).First.FillAsync($"Basic {await Calls.FirstKeyAsync(shared.Portal)}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /webhooks/events)" }).ClickAsync();
        var sent = visit.Page.WaitForResponseAsync(response => response.Url.Contains("/webhooks/events", StringComparison.Ordinal));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        (await sent).Status.ShouldBe(200);
    }
}
