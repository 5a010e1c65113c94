using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>A portal with an owner and content on every page.</summary>
public sealed class FurnishedPortal(PortalAndBrowser shared) : IAsyncLifetime
{
    private PortalOfSomeone _own = null!;

    /// <summary>The portal.</summary>
    public PortalProcess Portal => _own.Portal;

    /// <summary>The cookies that sign a window in as the owner.</summary>
    public string Session { get; private set; } = "";

    /// <summary>A token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The log number of a request that was refused.</summary>
    public const string Refused = "31";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _own = await PortalOfSomeone.StartAsync(shared.Browser);
        var key = await _own.FirstKeyAsync();
        for (var i = 0; i < 30; i++)
        {
            Token = await _own.TokenizeAsync(key, i == 28 ? new string('W', 60) : $"Booking {4711 + i}");
        }

        await _own.StatusForAsync(key, new string('R', 61));
        await new KeyPages(_own.Page).CreateAsync("Checkout", DateTimeOffset.UtcNow.AddDays(3));
        await MakeWebhooksAsync();
        Session = await _own.Visit.SessionAsync();
    }

    /// <summary>A webhook endpoint that has received something.</summary>
    public string Inspector { get; private set; } = "";

    /// <summary>An event that it has received.</summary>
    public string Delivery { get; private set; } = "";

    private async Task MakeWebhooksAsync()
    {
        var pages = new WebhookPages(_own.Page);
        await _own.Page.GotoAsync($"{WebhookPages.Address}/new");
        await pages.Url.FillAsync($"https://hooks.{new string('w', 40)}.example.com/incoming?shop=1");
        await pages.AddIt.ClickAsync();
        await pages.Saved.ClickAsync();
        await _own.Visit.OpenAsync(WebhookPages.Address);
        await pages.Inspect.ClickAsync();
        await pages.SendTest.ClickAsync();
        await Expect(pages.DeliveryStatus.First).ToHaveTextAsync("Delivered");
        await _own.TokenizeAsync(await _own.FirstKeyAsync(), "Told");
        await Expect(pages.Deliveries).ToHaveCountAsync(2);
        Delivery = new Uri(new Uri(_own.Page.Url), await pages.Deliveries.First.GetByRole(Microsoft.Playwright.AriaRole.Link).GetAttributeAsync("href")).AbsolutePath;
        Inspector = Delivery[..Delivery.IndexOf("/deliveries", StringComparison.Ordinal)];
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

/// <summary>Every page for members, at three widths and in both themes.</summary>
[Trait("Length", "Long")]
[Collection(PagesTests.Name)]
public sealed class EveryMemberPageTests(PortalAndBrowser shared, FurnishedPortal furnished) : IClassFixture<FurnishedPortal>
{
    /// <summary>The name and address of each page, and whether it has a circuit.</summary>
    public static TheoryData<string, string, bool> Pages =>
    [
        ("home", "/", true),
        ("home-hour", "/?range=1h", true),
        ("home-month", "/?range=30d", true),
        ("home-production", "/?env=production", true),
        ("tokens", "/tokens", true),
        ("tokens-none", "/tokens?env=production", true),
        ("tokens-no-match", "/tokens?q=nothing+like+it", true),
        ("token", "/tokens/TOKEN", true),
        ("cards", "/cards", true),
        ("cards-none", "/cards?env=production", true),
        ("logs", "/logs?range=15m", true),
        ("logs-all-columns", "/logs?range=1h&status=4xx&columns=time,status,method,route,duration,key,refusal,address,version,trace", true),
        ("logs-none", "/logs?env=production", true),
        ("log", "/logs/REFUSED?status=4xx", true),
        ("log-created", "/logs/CREATED", true),
        ("log-errors", "/logs/errors", true),
        ("log-errors-none", "/logs/errors?env=production", true),
        ("log-latency", "/logs/latency", true),
        ("log-check", "/logs/check", true),
        ("api-keys", "/api-keys", true),
        ("api-key", "/api-keys/1", true),
        ("api-key-new", "/api-keys/new", false),
        ("api-key-roll", "/api-keys/1/roll", false),
        ("webhooks", "/webhook-endpoints", true),
        ("webhooks-none", "/webhook-endpoints?env=production", true),
        ("webhook-new", "/webhook-endpoints/new", false),
        ("webhook", "INSPECTOR", true),
        ("webhook-deliveries", "INSPECTOR?tab=deliveries", true),
        ("webhook-secrets", "INSPECTOR?tab=secrets", true),
        ("webhook-verify", "INSPECTOR?tab=verify", true),
        ("webhook-secret-new", "INSPECTOR/secrets/new", false),
        ("webhook-delivery", "DELIVERY", true),
        ("sandbox", "/sandbox", true),
        ("sandbox-new", "/throwaway-sandboxes/new", false),
        ("notices", "/notices", true),
        ("notices-none", "/notices?env=production", true),
        ("members", "/members", true),
        ("member", "/members/1", true),
        ("invite", "/members/invite", false),
        ("audit-trail", "/activity", true),
        ("docs-member", "/docs/charge", false),
        ("docs-operation-member", "/docs/api/payment-intents-charge", false),
        ("docs-error-member", "/docs/errors/reference", false),
        ("settings", "/settings", true),
        ("account", "/account", false),
        ("account-factor", "/account/factor", false),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_fits_its_window_and_loads_without_complaint(string name, string address, bool hasCircuit)
    {
        await using var visit = await Visit.BeginAsync(shared.Browser, furnished.Portal, session: furnished.Session);
        address = address.Replace("TOKEN", furnished.Token, StringComparison.Ordinal).Replace("CREATED", "1", StringComparison.Ordinal).Replace("REFUSED", FurnishedPortal.Refused, StringComparison.Ordinal)
            .Replace("INSPECTOR", furnished.Inspector, StringComparison.Ordinal).Replace("DELIVERY", furnished.Delivery, StringComparison.Ordinal);
        foreach (var screen in Windows.All)
        {
            await visit.LookThroughAsync(screen);
            await (hasCircuit ? visit.OpenAsync(address) : visit.Page.GotoAsync(address));
            await Expect(new Frame(visit.Page).Heading).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".mud-skeleton")).ToHaveCountAsync(0);

            await Accessibility.ShouldBeSoundAsync(visit, name);
        }
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
