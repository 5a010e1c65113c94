using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Docs;

/// <summary>Reading the documentation in a browser.</summary>
[Collection(DocsTests.Name)]
public sealed class DocsJourneyTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_stranger_searches_opens_a_guide_at_its_section_and_copies_a_command()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.OpenAsync("/");
        await new Frame(visit.Page).NavigationTo("Docs").ClickAsync();
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Documentation");
        await visit.UntilLoadedAsync();

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("roll secret");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Roll the secret" }).ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync($"{shared.Portal.BaseAddress}docs/webhooks#roll-the-secret");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Roll the secret" })).ToBeInViewportAsync();
        var example = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Example in bash" }).Last;
        await example.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();

        await Expect(new Frame(visit.Page).Announcement).ToHaveTextAsync("Copied: example");
        (await new Frame(visit.Page).ClipboardAsync()).ShouldStartWith("curl --request DELETE");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_guides_are_read_one_after_the_other()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.Page.GotoAsync("/docs/first-token");

        await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Previous and next guide" }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Charge a token");
    }
}
