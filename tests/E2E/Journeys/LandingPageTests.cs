using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

[Collection(PagesTests.Name)]
public sealed class LandingPageTests(PortalAndBrowser shared)
{
    [Fact]
    public async Task A_visitor_sees_that_the_portal_is_healthy_and_that_it_keeps_looking()
    {
        await using var visit = await OpenAsync();
        var landing = new LandingPage(visit.Page);

        await Expect(landing.HealthSummary).ToHaveTextAsync("Healthy");
        await Expect(landing.HealthRows.First).ToContainTextAsync("Answering");

        var first = await landing.CheckedAt.GetAttributeAsync("datetime");
        await Expect(landing.CheckedAt).Not.ToHaveAttributeAsync("datetime", first!);
    }

    [Theory]
    [InlineData("curl", "curl http")]
    [InlineData("C#", "RestRequest")]
    [InlineData("Python", "requests.post")]
    [InlineData("Node", "await fetch")]
    public async Task Choosing_a_language_shows_the_first_call_in_it(string language, string typical)
    {
        await using var visit = await OpenAsync();
        var landing = new LandingPage(visit.Page);

        await landing.Language(language).ClickAsync();

        await Expect(landing.Language(language)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(landing.Sample).ToContainTextAsync(typical);
        await Expect(landing.Sample).ToContainTextAsync(shared.Portal.BaseAddress.GetLeftPart(UriPartial.Authority));
        await Expect(landing.Sample).ToContainTextAsync("/setup-intents");
    }

    [Fact]
    public async Task Languages_are_walked_with_the_arrow_keys()
    {
        await using var visit = await OpenAsync();
        var landing = new LandingPage(visit.Page);

        await landing.Language("curl").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(landing.Language("C#")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(landing.Sample).ToContainTextAsync("RestRequest");
    }

    [Fact]
    public async Task Copying_the_base_address_fills_the_clipboard_and_says_so()
    {
        await using var visit = await OpenAsync();
        var landing = new LandingPage(visit.Page);
        var frame = new Frame(visit.Page);

        await landing.CopyBaseAddress.ClickAsync();

        await Expect(frame.Announcement).ToHaveTextAsync("Copied: base address");
        (await frame.ClipboardAsync()).ShouldBe(shared.Portal.BaseAddress.ToString());
    }

    [Fact]
    public async Task Copying_takes_the_sample_of_the_chosen_language()
    {
        await using var visit = await OpenAsync();
        var landing = new LandingPage(visit.Page);
        var frame = new Frame(visit.Page);

        await landing.Language("Python").ClickAsync();
        await Expect(landing.Sample).ToContainTextAsync("requests.post");
        await landing.CopySample.ClickAsync();

        await Expect(frame.Announcement).ToHaveTextAsync("Copied: Python sample");
        (await frame.ClipboardAsync()).ShouldBe(await landing.Sample.TextContentAsync());
    }

    [Fact]
    public async Task The_chosen_theme_outlives_a_reload()
    {
        await using var visit = await OpenAsync();
        var frame = new Frame(visit.Page);
        await frame.ShouldBeLightAsync();

        await frame.ThemeNamed("Dark").CheckAsync();
        await frame.ShouldBeDarkAsync();

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await frame.ShouldBeDarkAsync();
        await visit.UntilInteractiveAsync();
        await Expect(frame.ThemeNamed("Dark")).ToBeCheckedAsync();
        await frame.ShouldBeDarkAsync();

        await frame.ThemeNamed("System").CheckAsync();
        await frame.ShouldBeLightAsync();
    }

    [Fact]
    public async Task Without_a_choice_the_page_is_as_dark_as_the_system()
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal, Screen.Desktop with { PrefersDark = true });
        await visit.OpenAsync(LandingPage.Address);
        var frame = new Frame(visit.Page);

        await frame.ShouldBeDarkAsync();

        await visit.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await frame.ShouldBeLightAsync();
    }

    [Fact]
    public async Task The_first_stop_of_the_Tab_key_skips_to_the_content()
    {
        await using var visit = await OpenAsync();
        var frame = new Frame(visit.Page);

        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(frame.SkipLink).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(frame.Main).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Moving_to_another_page_moves_the_focus_to_its_heading()
    {
        await using var visit = await OpenAsync();
        var frame = new Frame(visit.Page);

        await frame.NavigationTo("Test cards").ClickAsync();

        await Expect(frame.Heading).ToHaveTextAsync("Test cards");
        await Expect(frame.Heading).ToBeFocusedAsync();
        visit.Complaints.ShouldBeEmpty();
    }

    private async Task<Visit> OpenAsync()
    {
        var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.OpenAsync(LandingPage.Address);
        return visit;
    }
}
