using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class SigningInTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Password_and_code_open_a_session_and_lead_to_where_the_member_wanted_to_go()
    {
        using var person = await SignedOutAsync();

        var done = await person.SignInAsync("/account");

        done.Location.ShouldNotBeNull().ShouldEndWith("/account");
        var cookie = person.Browser.LastSetCookies.Single(cookie => cookie.StartsWith(APerson.SessionCookie, StringComparison.Ordinal));
        cookie.ShouldContain("path=/");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain("expires");
        cookie.ShouldNotContain("domain");
    }

    [Fact]
    public async Task A_password_alone_opens_nothing()
    {
        using var person = await SignedOutAsync();
        (await person.SendPasswordAsync()).Path.ShouldBe("/sign-in/factor");

        person.IsSignedIn.ShouldBeFalse();
        (await person.Browser.AskAsync("/account")).Location.ShouldBe("/sign-in?returnUrl=%2Faccount");
    }

    [Fact]
    public async Task The_second_step_is_not_to_be_had_without_the_first()
    {
        using var person = await SignedOutAsync();

        (await person.Browser.OpenAsync("/sign-in/factor")).Path.ShouldEndWith("/sign-in");
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var person = await SignedOutAsync();
        var code = person.Code();
        await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", code));
        person.IsSignedIn.ShouldBeTrue();
        await person.SignOutAsync();

        var again = await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", code));

        again.Status.ShouldBe(HttpStatusCode.Unauthorized);
        person.IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_a_code_that_is_sent_by_many_at_once_one_is_taken()
    {
        using var person = await SignedOutAsync();
        var store = portal.Services.GetRequiredService<IMemberStore>();
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();
        var step = portal.Clock.GetUtcNow().ToUnixTimeSeconds() / 30;

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.TryAcceptTotpStepAsync(member.Id, step)));

        taken.Count(one => one).ShouldBe(1);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_code_of_this_step_or_the_one_before_is_taken(int steps, bool taken)
    {
        using var person = await SignedOutAsync();
        person.NextStep();

        await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", person.Code(steps)));

        person.IsSignedIn.ShouldBe(taken);
    }

    [Fact]
    public async Task A_recovery_code_gets_its_member_in_once()
    {
        using var person = await SignedOutAsync();
        var typed = person.RecoveryCodes[3].ToLowerInvariant().Replace('-', ' ');

        await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "recovery", ("Input.RecoveryCode", typed));
        person.IsSignedIn.ShouldBeTrue();
        (await person.Browser.OpenAsync("/account")).Html.ShouldContain("9 of ten left");
        await person.SignOutAsync();

        await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "recovery", ("Input.RecoveryCode", typed));
        person.IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_learns_whether_an_address_is_a_members()
    {
        using var person = await SignedOutAsync();

        var wrong = await person.SendPasswordAsync(password: "wrong horse battery 9");
        var nobody = await person.SendPasswordAsync(email: "nobody@example.com");
        var nonsense = await person.SendPasswordAsync(email: "no address");

        new[] { wrong, nobody, nonsense }.Select(page => (page.Status, page.Error)).Distinct().ShouldHaveSingleItem().Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Ten_failures_of_any_factor_lock_for_half_an_hour()
    {
        using var person = await SignedOutAsync();
        for (var i = 0; i < 4; i++)
        {
            await person.SendPasswordAsync(email: i % 2 == 0 ? person.Email.ToUpperInvariant() : $" {person.Email} ", password: "wrong horse battery 9");
        }

        // Each attempt counts twice, for the password and for what follows it.
        for (var i = 0; i < 3; i++)
        {
            var form = i == 0 ? "recovery" : "code";
            await person.Browser.SendFormAsync(await person.SendPasswordAsync(), form, i == 0 ? ("Input.RecoveryCode", "no such code") : ("Input.Code", "000000"));
        }

        (await person.SendPasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "locked");
        portal.Clock.Advance(IMemberStore.LockedFor - TimeSpan.FromSeconds(1));
        (await person.SendPasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "29:59");
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await person.SignInAsync();
        person.IsSignedIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_full_sign_in_forgets_the_failures_before()
    {
        using var person = await SignedOutAsync();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                await person.SendPasswordAsync(password: "wrong horse battery 9");
            }

            await person.SignInAsync();
            await person.SignOutAsync();
        }
    }

    [Fact]
    public async Task A_hundred_tries_at_once_get_ten()
    {
        using var person = await SignedOutAsync();
        var store = portal.Services.GetRequiredService<IMemberStore>();
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();

        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.TryTakeAttemptAsync(member.Id, portal.Clock.GetUtcNow())));

        taken.Count(one => one).ShouldBe(IMemberStore.FailuresBeforeLock);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/tokens?q=4111+1111+1111+1111")]
    [InlineData("")]
    public async Task No_link_leads_a_member_elsewhere(string returnUrl)
    {
        using var person = await SignedOutAsync();

        var done = await person.SignInAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        new Uri(new Uri(portal.PublicAddress), done.Location).ShouldBe(new Uri(portal.PublicAddress));
    }

    [Fact]
    public async Task What_was_sent_is_recorded_without_its_secrets()
    {
        using var person = await SignedOutAsync();
        await person.SendPasswordAsync(password: "wrong horse battery 9");
        await person.SignInAsync();
        var trail = await portal.Services.GetRequiredService<Tokenization.Audit.IAuditStore>().ListAsync(portal.SandboxKey.Key.Tenant.Account, subject: null, before: null, limit: 4, Ct);

        trail.Select(entry => (entry.Entry.Action, entry.Entry.Succeeded)).ShouldBe(
            [("signed in", true), ("sign-in refused", false), ("signed out", true), ("signed in", true)]);
        trail.ShouldAllBe(entry => entry.Entry.Address != null && !entry.Entry.Detail.Contains("horse"));
    }

    private async Task<APerson> SignedOutAsync()
    {
        var person = await APerson.OwnerAsync(portal);
        await person.SignOutAsync();
        return person;
    }
}
