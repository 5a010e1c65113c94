using System.Net;
using System.Net.Http.Headers;
using Dapper;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class SessionTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifteen_minutes_without_input_end_a_session()
    {
        using var person = await APerson.OwnerAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(14));
        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);

        // That was a page load, which may happen automatically. Only a request that the browser reports as user input counts.
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await person.Browser.AskAsync("/account");

        late.Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
        late.Html.ShouldNotContain(person.Email);
    }

    [Fact]
    public async Task Input_keeps_a_session_alive_for_ten_hours_and_no_longer()
    {
        using var person = await APerson.OwnerAsync(portal);
        for (var passed = TimeSpan.Zero; passed < MemberSessions.Longest - TimeSpan.FromMinutes(14); passed += TimeSpan.FromMinutes(14))
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(14));
            (await person.Browser.PostAsync("/session/input")).Status.ShouldBe(HttpStatusCode.NoContent);
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(14));
        (await person.Browser.PostAsync("/session/input")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.Browser.AskAsync("/account")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
    }

    [Theory]
    [InlineData("http://evil.localhost")]
    [InlineData("null")]
    public async Task A_page_of_a_neighbour_keeps_no_session_alive(string origin)
    {
        using var person = await APerson.OwnerAsync(portal);
        person.Browser.Origin = origin;

        (await person.Browser.PostAsync("/session/input")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_card_number_in_the_name_of_a_browser_is_not_kept()
    {
        using var person = new APerson(portal);
        person.Browser.UserAgent = "Mozilla/5.0 4111.1111.1111.1111123";
        await person.SetUpAsync(await APerson.LinkAsync(portal));

        var kept = await portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.Query<string>("SELECT user_agent FROM member_sessions").AsList(), Ct);

        kept.Contains(LogScrubber.Replacement, StringComparer.Ordinal).ShouldBeTrue();
        kept.ShouldAllBe(text => !text.Contains("4111", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_hears_how_long_its_session_has_left()
    {
        using var person = await APerson.OwnerAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(4));

        (await person.Browser.AskAsync("/session")).Html.ShouldBe("""{"secondsLeft":630,"warnWithin":120,"canBeExtended":true}""", "30 seconds went by in the set-up");
    }

    [Fact]
    public async Task Before_its_absolute_limit_a_page_hears_that_input_does_not_extend_the_session()
    {
        using var person = await APerson.OwnerAsync(portal);
        for (var passed = TimeSpan.Zero; passed < MemberSessions.Longest - TimeSpan.FromMinutes(20); passed += TimeSpan.FromMinutes(10))
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(10));
            await person.Browser.PostAsync("/session/input");
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(10));
        (await person.Browser.AskAsync("/session")).Html.ShouldContain("\"canBeExtended\":true", customMessage: "until its idle time ends it can");
        await person.Browser.PostAsync("/session/input");
        (await person.Browser.AskAsync("/session")).Html.ShouldBe("""{"secondsLeft":570,"warnWithin":120,"canBeExtended":false}""");
    }

    [Theory]
    [InlineData("idle", "you were inactive for 15 minutes")]
    [InlineData("limit", "a session ends after 10 hours")]
    [InlineData("ended", "Your session was ended")]
    [InlineData("disabled", "Your access was disabled")]
    public async Task The_sign_in_page_says_why_the_session_is_over_and_leads_back(string end, string words)
    {
        using var person = await APerson.OwnerAsync(portal);
        var database = portal.Services.GetRequiredService<IDatabase>();
        var member = (await person.FindMemberAsync())!.Id.Value;
        switch (end)
        {
            case "idle":
                portal.Clock.Advance(TimeSpan.FromMinutes(16));
                break;
            case "limit":
                portal.Clock.Advance(TimeSpan.FromHours(11));
                await database.WriteAsync(connection => connection.Execute("UPDATE member_sessions SET last_input_at = ends_at WHERE member_id = @member", new { member }));
                break;
            case "ended":
                await database.WriteAsync(connection => connection.Execute("UPDATE member_sessions SET ended_at = 1 WHERE member_id = @member", new { member }));
                break;
            default:
                await database.WriteAsync(connection => connection.Execute("UPDATE members SET is_disabled = 1 WHERE id = @member", new { member }));
                break;
        }

        var page = await person.Browser.OpenAsync("/members?env=production");

        page.Path.ShouldBe("/sign-in");
        page.Document.QuerySelector("[data-testid=why]").ShouldNotBeNull().TextContent.ShouldContain(words);
        if (end != "disabled")
        {
            page.Html.ShouldContain("Sign in to return to the page you had open");
            (await person.SignInAsync("/sign-in?returnUrl=%2Fmembers%3Fenv%3Dproduction")).Location.ShouldNotBeNull().ShouldEndWith("/members?env=production");
        }
    }

    [Fact]
    public async Task The_sign_in_page_tells_a_stranger_only_that_the_page_is_for_members()
    {
        using var stranger = new Browser(portal);
        stranger.SetCookie(APerson.SessionCookie, Tokenization.Members.OpaqueSecret.Generate().Reveal());

        (await stranger.OpenAsync("/members")).Document.QuerySelector("[data-testid=why]")!.TextContent.ShouldContain("is for members of an account");
        (await stranger.OpenAsync("/sign-in")).Document.QuerySelector("[data-testid=why]").ShouldBeNull();
        (await stranger.OpenAsync("/sign-in?returnUrl=https%3A%2F%2Fevil.example%2F")).Document.QuerySelector("[data-testid=why]").ShouldBeNull();
        (await stranger.OpenAsync("/sign-in?signedOut=true")).Document.QuerySelector("[data-testid=why]")!.TextContent.ShouldBe("You signed out.");
    }

    [Fact]
    public async Task Anyone_who_is_disabled_is_out_at_once()
    {
        using var person = await APerson.OwnerAsync(portal);

        await portal.Services.GetRequiredService<IDatabase>().WriteAsync(
            connection => connection.Execute("UPDATE members SET is_disabled = 1 WHERE email = @Email", new { person.Email }));

        (await person.Browser.AskAsync("/account")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
        (await person.SendPasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using var person = await APerson.OwnerAsync(portal);
        var cookie = person.Browser.Cookies[APerson.SessionCookie];
        var page = await person.Browser.OpenAsync("/account");

        // Another site can make a browser send a form, but not with this token in it.
        (await person.Browser.PostAsync("/sign-out")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);

        var token = page.Document.QuerySelector("form[action='/sign-out'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await person.Browser.PostAsync("/sign-out", ("__RequestVerificationToken", token));
        person.Browser.SetCookie(APerson.SessionCookie, cookie);
        (await person.Browser.AskAsync("/account")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_member_sees_their_sessions_and_ends_another()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var phone = new Browser(portal);
        var second = await phone.SubmitAsync(await phone.OpenAsync("/sign-in"), "sign-in", ("Input.Email", person.Email), ("Input.Password", person.Password));
        await phone.SendFormAsync(second, "code", ("Input.Code", person.Code()));
        (await phone.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);

        var account = await person.Browser.OpenAsync("/account");
        var end = account.Document.QuerySelectorAll("input[name=_handler]").Select(handler => handler.GetAttribute("value")!).Single(handler => handler.StartsWith("end-", StringComparison.Ordinal) && handler != "end-others");
        await person.Browser.SubmitAsync(account, end);

        (await phone.AskAsync("/account")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_and_so_does_a_form()
    {
        var own = await PortalFactory.StartAsync();
        using var person = await APerson.OwnerAsync(own);
        var cookies = person.Browser.Cookies;
        var form = await person.Browser.OpenAsync("/account");

        await using var again = await own.RestartAsync();
        using var browser = new Browser(again);
        foreach (var (name, value) in cookies)
        {
            browser.SetCookie(name, value);
        }

        (await browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        var token = form.Document.QuerySelector("form[action='/sign-out'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (await browser.PostAsync("/sign-out", ("__RequestVerificationToken", token))).Location.ShouldBe("/sign-in?signedOut=true");
    }

    [Fact]
    public async Task The_keys_of_forms_are_not_in_the_database_in_clear()
    {
        using var person = await APerson.OwnerAsync(portal);
        var keys = await portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.Query<string>("SELECT xml FROM portal_keys").AsList(), Ct);

        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(xml => xml.Contains("<sealed", StringComparison.Ordinal) && !xml.Contains("<value>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_API_key_opens_no_page_and_a_session_calls_no_API()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var api = portal.SandboxClient();
        api.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var page = await api.GetAsync(new Uri("/account", UriKind.Relative), Ct);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await person.Browser.AskAsync("/setup-intents?limit=1")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_a_member_sees_is_kept_by_no_cache()
    {
        using var person = await APerson.OwnerAsync(portal);

        (await person.Browser.AskAsync("/account")).CacheControl.ShouldNotBeNull().ShouldContain("no-store");
        (await person.Browser.AskAsync("/docs/test-cards")).CacheControl.ShouldNotBeNull().ShouldContain("no-store");
    }
}
