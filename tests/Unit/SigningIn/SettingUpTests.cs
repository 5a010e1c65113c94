using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class SettingUpTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task Anyone_who_holds_the_link_becomes_an_owner_with_two_factors_and_is_signed_in()
    {
        using var person = await APerson.OwnerAsync(portal);

        person.IsSignedIn.ShouldBeTrue();
        person.RecoveryCodes.Distinct(StringComparer.Ordinal).Count().ShouldBe(10);
        var account = await person.Browser.OpenAsync("/account");
        account.Title.ShouldBe("Your account");
        account.Html.ShouldContain(person.Email);
        account.Html.ShouldContain("Owner");
    }

    [Fact]
    public async Task A_link_works_once()
    {
        using var first = new APerson(portal);
        using var second = new APerson(portal);
        var link = await APerson.LinkAsync(portal);
        await first.SetUpAsync(link);

        (await second.Browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Of_two_who_hold_the_same_link_the_first_to_finish_gets_it()
    {
        using var first = new APerson(portal);
        using var second = new APerson(portal);
        var link = await APerson.LinkAsync(portal);
        var waiting = await second.BeginSetUpAsync(link);
        second.ReadSeed(waiting);
        await first.SetUpAsync(link);

        var late = await second.Browser.SubmitAsync(waiting, "code", ("Input.Code", second.Code()));

        late.Status.ShouldBe(HttpStatusCode.BadRequest);
        second.IsSignedIn.ShouldBeFalse();
        (await second.FindMemberAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_is_worth_nothing_after_a_day_or_once_there_is_a_newer_one()
    {
        using var person = new APerson(portal);
        var older = await APerson.LinkAsync(portal);
        var link = await APerson.LinkAsync(portal);

        (await person.Browser.OpenAsync(older)).Status.ShouldBe(HttpStatusCode.Gone);
        (await person.Browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromHours(24));
        (await person.Browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task There_is_no_member_before_the_second_factor_and_the_link_is_good_until_then()
    {
        using var person = new APerson(portal);
        var link = await APerson.LinkAsync(portal);
        await person.BeginSetUpAsync(link);

        (await person.SendPasswordAsync()).Error.ShouldNotBeNull();
        person.IsSignedIn.ShouldBeFalse();
        await person.SetUpAsync(link);
        person.IsSignedIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_code_makes_no_member()
    {
        using var person = new APerson(portal);
        var factor = await person.BeginSetUpAsync(await APerson.LinkAsync(portal));
        person.ReadSeed(factor);

        var refused = await person.Browser.SubmitAsync(factor, "code", ("Input.Code", person.Code(steps: 7)));

        refused.Error.ShouldNotBeNull();
        person.IsSignedIn.ShouldBeFalse();
        person.RecoveryCodes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("short 1")]
    [InlineData("elevenchar1")]
    [InlineData("only letters in here")]
    [InlineData("123456789012345")]
    [InlineData("password123456")]
    [InlineData("P@ssw0rd2026!!")]
    [InlineData("qwertyuiop12345")]
    [InlineData("aaaaaaaaaaaa1")]
    [InlineData("dojo-portal-2026")]
    [InlineData("my name is hopper 1")]
    [InlineData("liverpool1234")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("Michael-2026-11")]
    [InlineData("123456qwerty")]
    [InlineData("passwordpassword1")]
    [InlineData("Passw0rd!Passw0rd!")]
    [InlineData("letmein-letmein-1")]
    [InlineData("drowssap12345")]
    [InlineData("monkeydragon123")]
    [InlineData("abcabcabcabc1")]
    [InlineData("sunshine2026!!")]
    [InlineData("1a2b3c4d5e6f7g")]
    [InlineData("zaq12wsxcde34rfv")]
    [InlineData("Grace1906Grace")]
    [InlineData("gracehopper2026")]
    [InlineData("dojodojodojo12")]
    public async Task A_password_that_breaks_a_rule_is_refused_and_not_repeated(string password)
    {
        using var person = new APerson(portal) { Password = password };

        var refused = await person.BeginSetUpAsync(await APerson.LinkAsync(portal));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Faults.ShouldNotBeEmpty();
        if (password.Length > 0)
        {
            refused.Html.ShouldNotContain(password);
        }
    }

    [Theory]
    [InlineData("elevenchars1")]
    [InlineData("correct horse battery 9")]
    [InlineData("Sommer in Aarhus 1999")]
    public async Task A_password_of_twelve_characters_with_letters_and_digits_is_taken(string password)
    {
        using var person = new APerson(portal) { Password = password };

        (await person.BeginSetUpAsync(await APerson.LinkAsync(portal))).Path.ShouldBe("/setup/factor");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0} ")]
    public async Task Nobody_gets_the_address_of_another_in_any_spelling(string spelling)
    {
        using var first = await APerson.OwnerAsync(portal);
        using var second = new APerson(portal) { Email = spelling.Replace("{0}", first.Email.ToUpperInvariant(), StringComparison.Ordinal) };
        var factor = await second.BeginSetUpAsync(await APerson.LinkAsync(portal));
        second.ReadSeed(factor);

        var refused = await second.Browser.SubmitAsync(factor, "code", ("Input.Code", second.Code()));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        second.IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_factor_rests_on_is_nowhere_in_the_files()
    {
        using var person = await APerson.OwnerAsync(portal);

        portal.FilesContain(person.Seed).ShouldBeFalse();
        portal.FilesContain(Encoding.UTF8.GetBytes(Dojo.Pci.Portal.Authentication.SigningIn.Totp.Spell(person.Seed))).ShouldBeFalse();
        portal.FilesContain(Encoding.UTF8.GetBytes(person.Password)).ShouldBeFalse();
        portal.FilesContain(Encoding.UTF8.GetBytes(person.Browser.Cookies[APerson.SessionCookie])).ShouldBeFalse();
        foreach (var code in person.RecoveryCodes)
        {
            portal.FilesContain(Encoding.UTF8.GetBytes(code)).ShouldBeFalse();
        }

        portal.Log.Text.ShouldNotContain(person.Password);
    }
}
