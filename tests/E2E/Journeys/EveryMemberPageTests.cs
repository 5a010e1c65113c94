using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>A portal with an owner and something to see on every page.</summary>
public sealed class FurnishedPortal(PortalAndBrowser shared) : IAsyncLifetime
{
    private PortalOfSomeone _own = null!;

    /// <summary>The portal.</summary>
    public PortalProcess Portal => _own.Portal;

    /// <summary>What makes a window one of the owner's.</summary>
    public string Session { get; private set; } = "";

    /// <summary>A token.</summary>
    public string Token { get; private set; } = "";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _own = await PortalOfSomeone.StartAsync(shared.Browser);
        var key = await _own.FirstKeyAsync();
        for (var i = 0; i < 30; i++)
        {
            Token = await _own.TokenizeAsync(key, i == 28 ? new string('W', 60) : $"Booking {4711 + i}");
        }

        await new KeyPages(_own.Page).CreateAsync("Checkout");
        Session = await _own.Visit.SessionAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }
}

/// <summary>Every page that members see, at both widths and in both themes.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class EveryMemberPageTests(PortalAndBrowser shared, FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    /// <summary>Name, address, whether it has a circuit, width.</summary>
    public static TheoryData<string, string, bool, int> Pages => Windows.Of(
        ("home", "/", true),
        ("home-production", "/?env=production", true),
        ("tokens", "/tokens", true),
        ("tokens-none", "/tokens?env=production", true),
        ("tokens-no-match", "/tokens?q=nothing+like+it", true),
        ("token", "/tokens/TOKEN", true),
        ("api-keys", "/api-keys", true),
        ("api-key", "/api-keys/1", true),
        ("api-key-new", "/api-keys/new", false),
        ("api-key-roll", "/api-keys/1/roll", false),
        ("members", "/members", true),
        ("member", "/members/1", true),
        ("invite", "/members/invite", false),
        ("activity", "/activity", true),
        ("settings", "/settings", true),
        ("account", "/account", false),
        ("account-factor", "/account/factor", false));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_its_window_and_loads_without_complaint(string name, string address, bool hasCircuit, int width)
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, furnished.Portal, Windows.Wide(width), session: furnished.Session);
        address = address.Replace("TOKEN", furnished.Token, StringComparison.Ordinal);
        await (hasCircuit ? visit.OpenAsync(address) : visit.Page.GotoAsync(address));
        await Expect(new Frame(visit.Page).Heading).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".mud-skeleton")).ToHaveCountAsync(0);

        await Accessibility.ShouldBeSoundAsync(visit, name);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(375)]
    public async Task The_steps_of_a_set_up_and_of_a_sign_in_are_accessible_and_fit_their_window(int width)
    {
        await using var portal = await PortalProcess.StartAsync(ct: TestContext.Current.CancellationToken);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal, Windows.Wide(width), host: "localhost");
        var someone = new Someone("Grace Hopper", "grace@example.com");
        var link = await Someone.PrintedLinkAsync(portal);
        await visit.Page.GotoAsync(new Uri(link).PathAndQuery);
        await Accessibility.ShouldBeSoundAsync(visit, "set-up");
        await someone.BeginSetUpAsync(visit, link);
        await Accessibility.ShouldBeSoundAsync(visit, "set-up-factor");
        await someone.UseAppAsync(visit);
        await Accessibility.ShouldBeSoundAsync(visit, "recovery-codes");
        await someone.FinishSetUpAsync(visit);

        await visit.Page.GotoAsync("/sign-in?confirm=true");
        await Accessibility.ShouldBeSoundAsync(visit, "confirm");
        await new SignInPages(visit.Page).Password.FillAsync(someone.Password);
        await new SignInPages(visit.Page).Continue.ClickAsync();
        await Expect(new SignInPages(visit.Page).Code).ToBeVisibleAsync();
        await Accessibility.ShouldBeSoundAsync(visit, "sign-in-factor");
    }
}
