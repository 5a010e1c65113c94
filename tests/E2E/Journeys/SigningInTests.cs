using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Signing in and losing a session, in a real browser against the real process. Each test has its own portal.</summary>
[Trait("Length", "Long")]
[Collection(PortalAndBrowserTests.Name)]
public sealed class SigningInTests(PortalAndBrowser shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_printed_link_with_an_authenticator_app_and_back_in_again()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        var ada = new Someone("Ada Lovelace", "ada@example.com");

        await ada.SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await Expect(visit.Page.GetByText("Ada Lovelace")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByText("You signed out.")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/account?location=main-location");
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Sign in");
        await ada.SignInAsync(visit);
        await Expect(visit.Page).ToHaveURLAsync(new Uri(portal.BaseAddress, "/account?location=main-location").ToString());
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Your account");
    }

    [Fact]
    public async Task With_a_passkey_from_the_set_up_on()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);

        // A passkey belongs to a host name, and a numeric address is not one.
        await using var visit = await Visit.BeginAsync(shared.Browser, portal, host: "localhost");
        var protocol = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await protocol.SendAsync("WebAuthn.enable");
        await protocol.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true,
            },
        });
        var grace = new Someone("Grace Hopper", "grace@example.com");
        await grace.BeginSetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await new SetUpPages(visit.Page).CreatePasskey.ClickAsync();
        await grace.FinishSetUpAsync(visit);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        var page = new SignInPages(visit.Page);
        await page.Email.FillAsync(grace.Email);
        await page.Password.FillAsync(grace.Password);
        await page.Continue.ClickAsync();
        await Expect(page.Code).ToHaveCountAsync(0);
        await page.UsePasskey.ClickAsync();
        await visit.UntilInteractiveAsync();
        await Expect(visit.Page.GetByText("Grace Hopper")).ToBeVisibleAsync();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_left_alone_is_gone_when_the_session_is_over()
    {
        var settings = new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Members__IdleTimeout"] = "00:00:30" } };
        await using var portal = await PortalProcess.StartAsync(settings, Ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await new Someone("Ada Lovelace", "ada@example.com").SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await Expect(visit.Page.GetByText("Ada Lovelace")).ToBeVisibleAsync();

        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Sign in");
        (await visit.Page.ContentAsync()).ShouldNotContain("Ada Lovelace");
        visit.Page.Url.ShouldContain("returnUrl");
    }

    [Fact]
    public async Task The_end_of_a_session_is_announced_and_staying_puts_it_off()
    {
        var settings = new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Members__IdleTimeout"] = "00:00:20" } };
        await using var portal = await PortalProcess.StartAsync(settings, Ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await new Someone("Ada Lovelace", "ada@example.com").SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        var warning = visit.Page.Locator("#session-warning");
        await Expect(warning).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Stay signed in" }).ClickAsync();

        await Expect(warning).ToBeHiddenAsync();
        await Expect(visit.Page.GetByText("Ada Lovelace")).ToBeVisibleAsync();
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Sign in", new() { Timeout = 40_000 });
        await Expect(visit.Page.GetByTestId("why")).ToContainTextAsync("you were inactive for 20 seconds");

        // The page checks whether its session is still valid; Chromium logs the 401 that says it has ended.
        visit.Complaints.ShouldAllBe(complaint => complaint.Contains("401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_on_another_site_finds_the_member_signed_in()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await new Someone("Ada Lovelace", "ada@example.com").SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await visit.Page.RouteAsync("http://chat.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = $"<a href='{portal.BaseAddress}account?env=sandbox'>Look at this</a>",
        }));
        await visit.Page.GotoAsync("http://chat.example/");

        await visit.Page.GetByText("Look at this").ClickAsync();

        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Your account");
    }

    [Fact]
    public async Task A_page_of_a_member_comes_back_at_the_same_address_after_a_restart()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await using var visit = await Visit.BeginAsync(shared.Browser, portal);
        await new Someone("Ada Lovelace", "ada@example.com").SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
        await visit.OpenAsync("/members?location=main-location&env=production");

        await portal.StopAsync(Ct);
        await Expect(new Frame(visit.Page).ReconnectNotice).ToBeVisibleAsync();
        await portal.StartAgainAsync(Ct);
        await Expect(new Frame(visit.Page).ReconnectNotice).ToBeHiddenAsync();
        await visit.UntilInteractiveAsync();

        visit.Page.Url.ShouldEndWith("/members?location=main-location&env=production");
        await Expect(new Frame(visit.Page).Heading).ToHaveTextAsync("Members");
    }
}
