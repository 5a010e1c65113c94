using System.Net;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class ResettingAccessTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string NewPassword = "quite another phrase 7";

    [Fact]
    public async Task A_member_who_lost_everything_comes_back_with_a_new_password_and_a_new_factor()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        using var again = new APerson(portal) { Email = lost.Email, Password = NewPassword };
        var link = await IssueAsync(owner, lost);

        (await lost.Browser.AskAsync("/account")).Location.ShouldNotBeNull("the session has ended").ShouldContain("/sign-in");
        var factor = await BeginAsync(again, link);
        factor.Path.ShouldBe("/setup/factor");
        again.ReadSeed(factor);
        (await again.Browser.SubmitAsync(factor, "code", ("Input.Code", again.Code()))).Document.QuerySelectorAll("[data-testid=recovery-codes] code").Length.ShouldBe(10);

        (await again.Browser.OpenAsync("/account")).Html.ShouldContain(lost.Email);
        (await lost.SendPasswordAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "the old password is gone");
        again.NextStep();
        using var elsewhere = new APerson(portal) { Email = lost.Email, Password = NewPassword };
        var second = await elsewhere.SendPasswordAsync();
        (await elsewhere.Browser.SendFormAsync(second, "code", ("Input.Code", lost.Code()))).Status.ShouldBe(HttpStatusCode.Unauthorized, "the old factor is gone");
        (await elsewhere.Browser.SendFormAsync(await elsewhere.SendPasswordAsync(), "code", ("Input.Code", again.Code()))).Location.ShouldNotBeNull();
        elsewhere.IsSignedIn.ShouldBeTrue();
        (await again.Browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Until_the_second_factor_is_there_nothing_has_changed()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        using var again = new APerson(portal) { Email = lost.Email, Password = NewPassword };
        var link = await IssueAsync(owner, lost);

        var factor = await BeginAsync(again, link);
        again.ReadSeed(factor);
        (await again.Browser.SubmitAsync(factor, "code", ("Input.Code", again.Code(steps: 7)))).Error.ShouldNotBeNull();

        again.IsSignedIn.ShouldBeFalse();
        lost.NextStep();
        (await lost.SignInAsync()).Status.ShouldBe(HttpStatusCode.Found);
        (await again.Browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.OK, "the link works until it is used");
    }

    [Theory]
    [InlineData("password123456")]
    [InlineData(APerson.GoodPassword)]
    public async Task The_new_password_keeps_to_the_rules_and_is_not_the_old_one(string password)
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        using var again = new APerson(portal) { Email = lost.Email, Password = password };

        var refused = await BeginAsync(again, await IssueAsync(owner, lost));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Faults.ShouldNotBeEmpty();
        refused.Html.ShouldNotContain(password);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_link_that_is_none_is_gone(string link)
    {
        using var stranger = new APerson(portal);

        var refused = await stranger.Browser.SendFormAsync(await stranger.Browser.OpenAsync("/reset"), "open-link", ("Opened.Link", link));

        refused.ShouldSatisfyAllConditions(page => page.Status.ShouldBe(HttpStatusCode.Gone), page => page.Title.ShouldBe("This link no longer works"));
    }

    [Fact]
    public async Task Opening_the_link_exchanges_its_secret_and_no_address_or_page_has_it()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        using var again = new APerson(portal);
        var secret = (await IssueAsync(owner, lost)).Split('#')[1];

        (await again.Browser.OpenAsync($"/reset?token={secret}")).Title.ShouldBe("Open your link", "a secret in a query is not taken");
        var answer = await again.Browser.SendFormAsync(await again.Browser.OpenAsync("/reset"), "open-link", ("Opened.Link", secret));

        answer.Location.ShouldNotBeNull().ShouldEndWith("/reset");
        var page = await again.Browser.OpenAsync(answer.Location);
        page.Title.ShouldBe("Reset your access");
        page.Html.ShouldNotContain(secret);
        portal.Log.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_link_to_a_set_up_resets_nothing_and_a_reset_link_sets_nobody_up()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        using var again = new APerson(portal);
        var reset = (await IssueAsync(owner, lost)).Split('#')[1];
        var setUp = (await APerson.LinkAsync(portal)).Split('#')[1];

        (await again.Browser.SendFormAsync(await again.Browser.OpenAsync("/setup"), "open-link", ("Opened.Link", reset))).Status.ShouldBe(HttpStatusCode.Gone);
        (await again.Browser.SendFormAsync(await again.Browser.OpenAsync("/reset"), "open-link", ("Opened.Link", setUp))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task The_link_is_shown_once_and_is_in_no_log()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);

        var link = await IssueAsync(owner, lost);

        (await owner.Browser.OpenAsync("/members")).Html.ShouldNotContain(link);
        portal.Log.Text.Contains(link.Split('#')[1], StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Making_a_link_wants_a_fresh_proof_and_a_form_of_our_own()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var lost = await APerson.OwnerAsync(portal);
        var address = await AddressAsync(lost);

        (await owner.Browser.PostAsync(address, ("_handler", "reset-member"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));
        (await owner.Browser.AskAsync(address)).Location.ShouldNotBeNull().ShouldContain("/sign-in?confirm=true");
        (await lost.Browser.OpenAsync("/account")).Title.ShouldBe("Your account", "no session ended");
    }

    private static Task<Page> BeginAsync(APerson person, string link) => BeginFromAsync(person, person.Browser.OpenAsync(link));

    private static async Task<Page> BeginFromAsync(APerson person, Task<Page> opened) =>
        await person.Browser.SubmitAsync(await opened, "reset", ("Input.Password", person.Password));

    private static async Task<string> AddressAsync(APerson person) => $"/members/{(await person.FindMemberAsync())!.Id.Value}/reset";

    private static async Task<string> IssueAsync(APerson owner, APerson lost)
    {
        var page = await owner.Browser.SubmitAsync(await owner.Browser.OpenAsync(await AddressAsync(lost)), "reset-member");
        page.Status.ShouldBe(HttpStatusCode.OK, page.Error);
        var field = page.Document.QuerySelector("[data-testid=reset-link]")!;
        var link = new Uri(field.TextContent.Trim());
        link.Query.ShouldBeEmpty();
        return $"{link.AbsolutePath}{link.Fragment}";
    }
}
