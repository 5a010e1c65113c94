using Bunit;
using Dojo.Pci.Portal.Components.Pages.Home;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class HomePageTests : MemberPageTest
{
    private readonly FakeMetrics _figures = new();
    private readonly FakeNotices _notices = new();

    public HomePageTests()
    {
        Services.AddSingleton<IApiMetrics>(_figures);
        Services.AddSingleton<ITokenMetrics>(_figures);
        Services.AddSingleton<IMemberNotices>(_notices);
        Services.AddSingleton<IMemberPreferences>(_figures);
        Requests(new ApiHour(Clock.GetUtcNow(), Succeeded: 95, Refused: 4, Failed: 1));
        _figures.Tokens = Task.FromResult<Result<TokenMetrics>>(new TokenMetrics(
            Clock.GetUtcNow(),
            [.. Enumerable.Range(0, 48).Select(hour => Count(Clock.GetUtcNow().AddHours(hour - 47), 2, 1))],
            [.. Enumerable.Range(0, 60).Select(day => Count(Clock.GetUtcNow().AddDays(day - 59), day < 30 ? 4 : 5, 0))],
            HasTokens: true));
        _figures.Keys = [new ExpiringKey(new ApiKeyId(4), "Checkout", "9f2c", Clock.GetUtcNow().AddDays(3))];
    }

    [Fact]
    public void The_figures_are_those_of_the_last_day()
    {
        var page = RenderAs<HomePage>();

        Tile(page, "tokens").ShouldBe(("72", "48 authorized · 24 declined"));
        Tile(page, "requests").Value.ShouldBe("100");
        Tile(page, "errors").ShouldBe(("5.0%", "4 refused (4xx) · 1 failed (5xx)"));
        Tile(page, "latency").Value.ShouldBe("3.1 / 48 ms");
        page.FindAll("[data-testid=chart-tokens] tbody tr").Count.ShouldBe(24);
        page.Find("[data-testid=range-24h]").GetAttribute("aria-current").ShouldBe("true");
        page.Find("[data-testid=expiring] a").GetAttribute("href").ShouldBe("/api-keys/4?location=dockside&env=sandbox");
        page.Find("[data-testid=expiring] .mud-chip").TextContent.ShouldBe("3 days");
    }

    [Theory]
    [InlineData("1h", "3", "As many as in the hour before", 12, "Last 12 hours")]
    [InlineData("24h", "72", "As many as in the 24 hours before", 24, "Last 24 hours")]
    [InlineData("7d", "35", "As many as in the 7 days before", 7, "Last 7 days")]
    [InlineData("30d", "150", "25% more than in the 30 days before", 30, "Last 30 days")]
    [InlineData("nonsense", "72", "As many as in the 24 hours before", 24, "Last 24 hours")]
    public void Any_range_is_compared_with_the_time_before(string range, string tokens, string before, int bars, string label)
    {
        _figures.Before = new ApiMetrics([new ApiHour(Clock.GetUtcNow(), 48, 2, 0)], TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(20));
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo($"/?range={range}");

        var page = RenderAs<HomePage>();

        Tile(page, "tokens").Value.ShouldBe(tokens);
        Before(page, "tokens").ShouldBe(before);
        Before(page, "requests").ShouldStartWith("100% more than");
        Before(page, "errors").ShouldStartWith("4.0% in the");
        Before(page, "latency").ShouldStartWith("2.0 / 20 ms in the");
        page.FindAll("[data-testid=chart-tokens] tbody tr").Count.ShouldBe(bars);
        page.Find("[data-testid=chart-tokens]").TextContent.ShouldContain(label);
    }

    [Fact]
    public async Task What_goes_on_is_told_while_it_goes_on_and_leads_to_the_key()
    {
        var page = RenderAs<HomePage>();
        page.FindAll("[data-testid=notice]").ShouldBeEmpty();

        var notice = new MemberNotice { Id = "1", IsUrgent = true, Title = "Card testing refused", Detail = "Production: more than 100 different card numbers. 1,234 times.", Since = Clock.GetUtcNow(), Key = new ApiKeyId(4) };
        _notices.Items = [notice, notice with { Id = "2", Title = "It comes", IsUrgent = false }, notice with { Id = "3", Title = "Put away", IsDismissed = true }];
        Clock.Advance(HomePage.RefreshEvery);

        await page.WaitForAssertionAsync(() => page.Find("[data-testid=notice]").TextContent.ShouldContain("Card testing refused."));
        page.FindAll("[data-testid=notice]").Count.ShouldBe(1);
        page.Find("[data-testid=notice]").TextContent.ShouldContain("more than 100 different card numbers");
        page.Find("[data-testid=notice]").TextContent.ShouldContain("1,234 times");
        page.Find("[data-testid=notice] a").GetAttribute("href").ShouldBe("/api-keys/4?location=dockside&env=sandbox");
    }

    [Fact]
    public async Task The_figures_go_on_while_the_page_is_open()
    {
        var page = RenderAs<HomePage>();

        Requests(new ApiHour(Clock.GetUtcNow(), Succeeded: 1234, Refused: 0, Failed: 0));
        Clock.Advance(HomePage.RefreshEvery);

        await page.WaitForAssertionAsync(() => Tile(page, "requests").Value.ShouldBe("1,234"));
    }

    [Fact]
    public async Task Anyone_who_is_signed_out_meanwhile_is_sent_to_sign_in()
    {
        var page = RenderAs<HomePage>();

        Who = null;
        Clock.Advance(HomePage.RefreshEvery);

        await page.WaitForAssertionAsync(() => Address.ShouldContain("/sign-in?returnUrl="));
    }

    [Fact]
    public void Until_they_are_known_the_figures_have_their_place()
    {
        _figures.Tokens = new TaskCompletionSource<Result<TokenMetrics>>().Task;

        var page = RenderAs<HomePage>();

        page.Find("[data-testid=tiles]").GetAttribute("aria-busy").ShouldBe("true");
        page.FindAll("[data-testid=tiles] .mud-skeleton").Count.ShouldBe(8);
    }

    [Fact]
    public void Without_requests_there_is_no_rate_and_no_latency()
    {
        _figures.Api = new ApiMetrics([new ApiHour(Clock.GetUtcNow(), 0, 0, 0)], null, null);

        var page = RenderAs<HomePage>();

        Tile(page, "errors").Value.ShouldBe("—");
        Tile(page, "latency").Value.ShouldBe("—");
    }

    [Theory]
    [InlineData(false, false, 0, "Create a key", "/api-keys/new?location=dockside&env=sandbox")]
    [InlineData(true, false, 1, "Open tokens", "/tokens?location=dockside&env=sandbox")]
    [InlineData(true, true, 2, "Go to webhooks", "/webhook-endpoints?location=dockside&env=sandbox")]
    public void A_newcomer_is_led_to_the_next_step(bool hasKey, bool hasToken, int done, string verb, string address)
    {
        _figures.Steps = new FirstSteps(hasKey, hasToken, HasWebhook: false);

        var page = RenderAs<HomePage>();

        page.FindAll("[data-testid=step].step-done").Count.ShouldBe(done);
        var next = page.Find("[aria-current=step] a");
        next.TextContent.ShouldBe(verb);
        next.GetAttribute("href").ShouldBe(address);
    }

    [Fact]
    public async Task Steps_tick_themselves_off_and_disappear()
    {
        _figures.Steps = new FirstSteps(HasKey: true, HasToken: false, HasWebhook: false);
        var page = RenderAs<HomePage>();
        page.FindAll("[data-testid=first-steps]").Count.ShouldBe(1);

        _figures.Steps = new FirstSteps(HasKey: true, HasToken: true, HasWebhook: true);
        Clock.Advance(HomePage.RefreshEvery);

        await page.WaitForAssertionAsync(() => page.FindAll("[data-testid=first-steps]").ShouldBeEmpty());
    }

    [Fact]
    public void Steps_that_are_put_away_disappear_for_the_member()
    {
        _figures.Steps = new FirstSteps(HasKey: true, HasToken: false, HasWebhook: true);
        var page = RenderAs<HomePage>();

        page.Act("[data-testid=dismiss-steps]", element => element.Click());

        page.FindAll("[data-testid=first-steps]").ShouldBeEmpty();
        _figures.Dismissed.ShouldBeTrue();
    }

    [Fact]
    public void Hours_and_days_are_those_of_the_readers_zone()
    {
        Zone = new Dojo.Pci.Portal.Components.Time.ZonedTime(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));

        var page = RenderAs<HomePage>();

        page.Find("[data-testid=chart-tokens]").TextContent.ShouldContain("24 hours, Asia/Kolkata");
        page.Find("[data-testid=chart-tokens] tbody tr:last-child th").TextContent.ShouldBe(Zone.WriteTime(Clock.GetUtcNow()));
        _figures.AskedZone.ShouldBe(Zone.Zone);
    }

    [Fact]
    public void Who_may_not_see_keys_sees_none_expire()
    {
        var page = RenderAs<HomePage>(MemberRole.Viewer);

        page.FindAll("[data-testid=expiring]").ShouldBeEmpty();
        _figures.KeysAsked.ShouldBe(0);
    }

    private static (string Value, string Note) Tile(IRenderedComponent<HomePage> page, string name) =>
        (page.Find($"[data-testid=tile-{name}] .tile-value").TextContent, page.Find($"[data-testid=tile-{name}] .tile-note").TextContent);

    private static string Before(IRenderedComponent<HomePage> page, string name) => page.Find($"[data-testid=tile-{name}] .tile-before").TextContent;

    private static TokenCount Count(DateTimeOffset from, long authorized, long declined) =>
        new(from, new Dictionary<TokenOutcome, long> { [TokenOutcome.Authorized] = authorized, [TokenOutcome.Declined] = declined });

    private void Requests(ApiHour hour) => _figures.Api = new ApiMetrics([hour], TimeSpan.FromMilliseconds(3.14), TimeSpan.FromMilliseconds(48));
}
