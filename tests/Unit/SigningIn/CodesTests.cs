using System.Net;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>Codes as people type and paste them, and the message for a code that would be valid with the right clock.</summary>
public sealed class CodesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("221441", "221441")]
    [InlineData("221 441", "221441")]
    [InlineData(" 22 14 41 ", "221441")]
    [InlineData("221\u00A0441", "221441")]
    [InlineData("221\u202F441", "221441")]
    [InlineData("221\u200B441\uFEFF", "221441")]
    [InlineData("221-441", "221441")]
    [InlineData("221\u2013441", "221441")]
    [InlineData("221\u2212441\r\n", "221441")]
    [InlineData("２２１　４４１", "221441")]
    [InlineData("٢٢١٤٤١", "221441")]
    [InlineData("", null)]
    [InlineData("22144", null)]
    [InlineData("2214410", null)]
    [InlineData("000221441", null)]
    [InlineData("+221441", null)]
    [InlineData("221.441", null)]
    [InlineData("22144l", null)]
    [InlineData("²²¹⁴⁴¹", null)]
    [InlineData(null, null)]
    public void A_code_is_its_digits_no_matter_what_separates_them(string? typed, string? read) => TypedCode.DigitsOf(typed, 6).ShouldBe(read);

    [Fact]
    public void Of_an_endless_text_nothing_is_read() => TypedCode.DigitsOf(new string(' ', 100_000) + "221441", 6).ShouldBeNull();

    [Theory]
    [InlineData("abcdef-ghjkmn-012345-6789zz")]
    [InlineData(" ABCDEF GHJKMN 012345 6789ZZ ")]
    [InlineData("ABCDEFGHJKMN0123456789ZZ")]
    [InlineData("ABCDEF\u2011GHJKMN\u2011012345\u20116789ZZ")]
    [InlineData("ＡＢＣＤＥＦ－ＧＨＪＫＭＮ－０１２３４５－６７８９ＺＺ")]
    [InlineData("ABCDEF-GHJKMN-Oi2345-6789ZZ")]
    public void A_recovery_code_is_its_letters_and_digits_no_matter_what_separates_them(string typed) =>
        RecoveryCodes.HashOf(typed).ShouldBe(RecoveryCodes.HashOf("ABCDEF-GHJKMN-012345-6789ZZ"));

    [Fact]
    public async Task The_field_has_room_for_a_code_with_spaces_and_the_code_signs_in()
    {
        using var person = await SignedOutAsync();
        var second = await person.SendPasswordAsync();
        var typed = $" {person.Code()[..3]} {person.Code()[3..]} ";

        int.Parse(second.Document.QuerySelector("[name='Input.Code']")!.GetAttribute("maxlength")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(typed.Length);
        await person.Browser.SendFormAsync(second, "code", ("Input.Code", typed));

        person.IsSignedIn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_set_up_takes_a_code_with_a_space()
    {
        using var person = new APerson(portal);
        var factor = await person.BeginSetUpAsync(await APerson.LinkAsync(portal));
        person.ReadSeed(factor);
        int.Parse(factor.Document.QuerySelector("[name='Input.Code']")!.GetAttribute("maxlength")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(7);

        await person.Browser.SubmitAsync(factor, "code", ("Input.Code", person.Code().Insert(3, " ")));

        person.IsSignedIn.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, "30 seconds fast")]
    [InlineData(10, "5 minutes fast")]
    [InlineData(-2, "a minute slow")]
    [InlineData(-10, "5 minutes slow")]
    [InlineData(-120, "60 minutes slow")]
    public async Task A_code_that_is_right_but_for_the_clock_says_so_with_the_time_of_the_server_and_is_not_taken(int steps, string words)
    {
        using var person = await SignedOutAsync();

        var refused = await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", person.Code(steps)));

        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Error.ShouldNotBeNull().ShouldContain(words);
        refused.Error.ShouldContain($"{portal.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
        person.IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_of_no_time_near_is_said_to_be_wrong_and_nothing_more()
    {
        using var person = await SignedOutAsync();

        var refused = await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", person.Code(-1000)));

        refused.Error.ShouldNotBeNull().ShouldNotContain("UTC");
    }

    [Fact]
    public async Task A_code_that_was_explained_before_its_time_is_never_taken()
    {
        using var person = await SignedOutAsync();
        var early = person.Code(4);
        await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", early));
        portal.Clock.Advance(TimeSpan.FromSeconds(120));
        person.Code().ShouldBe(early);

        var refused = await person.Browser.SendFormAsync(await person.SendPasswordAsync(), "code", ("Input.Code", early));

        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        person.IsSignedIn.ShouldBeFalse();
        person.NextStep();
        await person.SignInAsync();
        person.IsSignedIn.ShouldBeTrue();
    }

    [Fact]
    public async Task An_explanation_costs_a_try_and_a_locked_member_gets_none()
    {
        using var person = await SignedOutAsync();
        var second = await person.SendPasswordAsync();
        for (var i = 2; i <= 10; i++)
        {
            (await person.Browser.SendFormAsync(second, "code", ("Input.Code", person.Code(-10)))).Error.ShouldNotBeNull().ShouldContain("slow", customMessage: $"try {i}");
        }

        (await person.Browser.SendFormAsync(second, "code", ("Input.Code", person.Code(-10)))).Error.ShouldNotBeNull().ShouldNotContain("slow");
    }

    [Fact]
    public async Task A_set_up_explains_the_clock_too()
    {
        using var person = new APerson(portal);
        var factor = await person.BeginSetUpAsync(await APerson.LinkAsync(portal));
        person.ReadSeed(factor);

        (await person.Browser.SendFormAsync(factor, "code", ("Input.Code", person.Code(20)))).Error.ShouldNotBeNull().ShouldContain("10 minutes fast");
    }

    private async Task<APerson> SignedOutAsync()
    {
        var person = await APerson.OwnerAsync(portal);
        await person.SignOutAsync();
        return person;
    }
}
