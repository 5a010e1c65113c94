using System.Net;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class AccountTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task What_opens_an_account_wants_a_fresh_proof()
    {
        using var person = await APerson.OwnerAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));
        var account = await person.Browser.OpenAsync("/account");

        (await person.Browser.AskAsync("/account/factor")).Location.ShouldNotBeNull().ShouldContain("confirm=true");
        (await person.Browser.SendFormAsync(account, "renew-codes")).Location.ShouldNotBeNull().ShouldContain("confirm=true");
        var password = await person.Browser.SendFormAsync(account, "password", ("Input.Password", "another horse battery 9"));
        password.Location.ShouldNotBeNull().ShouldContain("confirm=true");

        await person.SignInAsync(password.Location!);
        (await person.Browser.AskAsync("/account/factor")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task To_confirm_means_both_factors_of_the_same_member()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var other = await APerson.OwnerAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));

        // Whatever address is typed, the signed-in member's password counts.
        var refused = await person.SendPasswordAsync(other.Email, "wrong horse battery 9", "/sign-in?confirm=true&returnUrl=%2Faccount");
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        await person.SendPasswordAsync(address: "/sign-in?confirm=true&returnUrl=%2Faccount");
        (await person.Browser.AskAsync("/account/factor")).Location.ShouldNotBeNull().ShouldContain("confirm=true", customMessage: "the password alone");
    }

    [Fact]
    public async Task A_changed_password_counts_at_once_and_ends_the_other_sessions()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var phone = new Browser(portal);
        var second = await phone.SubmitAsync(await phone.OpenAsync("/sign-in"), "sign-in", ("Input.Email", person.Email), ("Input.Password", person.Password));
        await phone.SendFormAsync(second, "code", ("Input.Code", person.Code()));
        person.NextStep();

        (await ChangeAsync(person, "another horse battery 9")).Document.QuerySelector(".mud-alert[role=status]")!.TextContent.ShouldContain("Your password has been changed");

        (await phone.AskAsync("/account")).Location.ShouldNotBeNull();
        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        using var anew = new Browser(portal);
        var old = await anew.SubmitAsync(await anew.OpenAsync("/sign-in"), "sign-in", ("Input.Email", person.Email), ("Input.Password", APerson.GoodPassword));
        old.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_changed_password_makes_a_first_step_with_the_old_one_worthless()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var thief = new Browser(portal);
        var second = await thief.SubmitAsync(await thief.OpenAsync("/sign-in"), "sign-in", ("Input.Email", person.Email), ("Input.Password", person.Password));

        await ChangeAsync(person, "another horse battery 9");
        var late = await thief.SendFormAsync(second, "recovery", ("Input.RecoveryCode", person.RecoveryCodes[0]));

        thief.Cookies.ContainsKey(APerson.SessionCookie).ShouldBeFalse();
        late.Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_changed_factor_ends_the_other_sessions()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var thief = new Browser(portal);
        thief.SetCookie(APerson.SessionCookie, (await SecondSessionAsync(person)).Cookies[APerson.SessionCookie]);
        (await thief.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);

        await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/account"), "renew-codes");

        (await thief.AskAsync("/account")).Location.ShouldNotBeNull();
        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task To_confirm_gives_the_session_another_secret()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var thief = new Browser(portal);
        thief.SetCookie(APerson.SessionCookie, person.Browser.Cookies[APerson.SessionCookie]);

        await person.SignInAsync("/sign-in?confirm=true");

        (await person.Browser.AskAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await thief.AskAsync("/account")).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task None_of_the_last_four_passwords_is_taken_again()
    {
        using var person = await APerson.OwnerAsync(portal);
        await ChangeAsync(person, "second horse battery 9");
        await ChangeAsync(person, "third horse battery 9");
        await ChangeAsync(person, "fourth horse battery 9");

        (await ChangeAsync(person, APerson.GoodPassword)).Faults.ShouldNotBeEmpty();
        (await ChangeAsync(person, "fourth horse battery 9")).Faults.ShouldNotBeEmpty();
        (await ChangeAsync(person, "fifth horse battery 9")).Faults.ShouldBeEmpty();
        (await ChangeAsync(person, APerson.GoodPassword)).Faults.ShouldBeEmpty("four have come since");
    }

    [Fact]
    public async Task The_last_second_factor_stays()
    {
        using var person = await APerson.OwnerAsync(portal);
        var account = await person.Browser.OpenAsync("/account");

        (await person.Browser.SendFormAsync(account, "remove-app")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await person.SignInAsync("/sign-in?confirm=true");
    }

    [Fact]
    public async Task A_new_app_takes_the_place_of_the_old_one()
    {
        using var person = await APerson.OwnerAsync(portal);
        var before = person.Code(steps: 1);
        var factor = await person.Browser.OpenAsync("/account/factor");
        person.ReadSeed(factor);

        (await person.Browser.SubmitAsync(factor, "code", ("Input.Code", person.Code()))).Path.ShouldBe("/account");
        person.NextStep();
        var second = await person.SendPasswordAsync(address: "/sign-in?confirm=true");
        (await person.Browser.SendFormAsync(second, "code", ("Input.Code", before))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.Browser.SendFormAsync(second, "code", ("Input.Code", person.Code()))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task New_recovery_codes_make_the_old_ones_worthless()
    {
        using var person = await APerson.OwnerAsync(portal);
        var renewed = await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/account"), "renew-codes");
        var codes = renewed.Document.QuerySelectorAll("[data-testid=recovery-codes] code").Select(code => code.TextContent).ToList();
        codes.Count.ShouldBe(10);

        var second = await person.SendPasswordAsync(address: "/sign-in?confirm=true");
        (await person.Browser.SendFormAsync(second, "recovery", ("Input.RecoveryCode", person.RecoveryCodes[0]))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.Browser.SendFormAsync(second, "recovery", ("Input.RecoveryCode", codes[0]))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<Browser> SecondSessionAsync(APerson person)
    {
        var browser = new Browser(portal);
        var second = await browser.SubmitAsync(await browser.OpenAsync("/sign-in"), "sign-in", ("Input.Email", person.Email), ("Input.Password", person.Password));
        await browser.SendFormAsync(second, "code", ("Input.Code", person.Code()));
        person.NextStep();
        return browser;
    }

    private static async Task<Page> ChangeAsync(APerson person, string password)
    {
        var answer = await person.Browser.SubmitAsync(await person.Browser.OpenAsync("/account"), "password", ("Input.Password", password));
        person.Password = answer.Faults.Count == 0 ? password : person.Password;
        return answer;
    }
}
