using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class MembersOverHttpTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task An_invitation_makes_one_person_a_member_with_the_role_it_names()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var invited = new APerson(portal);

        var page = await InviteAsync(owner, invited.Email, MemberRole.Viewer);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.CacheControl.ShouldNotBeNull().ShouldContain("no-store");
        await invited.SetUpAsync(LinkIn(page));
        (await invited.FindMemberAsync()).ShouldNotBeNull().Role.ShouldBe(MemberRole.Viewer);
        using var late = new APerson(portal);
        (await late.Browser.OpenAsync(LinkIn(page))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task The_link_is_shown_once_and_is_in_no_log()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var invited = new APerson(portal);

        var secret = LinkIn(await InviteAsync(owner, invited.Email, MemberRole.Viewer)).Split('#')[1];

        (await owner.Browser.OpenAsync("/members")).Html.ShouldNotContain(secret);
        (await owner.Browser.OpenAsync("/members/invite")).Html.ShouldNotContain(secret);
        portal.Log.Text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_wrong_with_an_invitation_is_said_beside_the_form()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var invalid = await InviteAsync(owner, "nobody", MemberRole.Viewer);
        invalid.Status.ShouldBe(HttpStatusCode.BadRequest);
        invalid.Html.ShouldContain("Write an e-mail address");

        var taken = await InviteAsync(owner, owner.Email, MemberRole.Viewer);
        taken.Status.ShouldBe(HttpStatusCode.BadRequest);
        taken.Error.ShouldNotBeNull().ShouldContain("make a reset link");
        taken.Document.QuerySelector("[data-testid=holder]")!.GetAttribute("href").ShouldNotBeNull().ShouldStartWith($"/members/{(await owner.FindMemberAsync())!.Id.Value}");
    }

    [Fact]
    public async Task Inviting_an_address_again_offers_to_renew_its_invitation()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var invited = new APerson(portal);
        var first = LinkIn(await InviteAsync(owner, invited.Email, MemberRole.Viewer));

        var taken = await InviteAsync(owner, invited.Email, MemberRole.Admin);
        var renewed = await owner.Browser.SubmitAsync(taken, "renew");

        (await invited.Browser.OpenAsync(first)).Status.ShouldBe(HttpStatusCode.Gone);
        await invited.SetUpAsync(LinkIn(renewed));
        (await invited.FindMemberAsync()).ShouldNotBeNull().Role.ShouldBe(MemberRole.Viewer, "the invitation is renewed as it was");
    }

    [Fact]
    public async Task An_invitation_from_elsewhere_is_not_taken()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var answer = await owner.Browser.PostAsync("/members/invite", ("_handler", "invite"), ("Input.Email", "mallory@example.com"), ("Input.Role", "Owner"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.Browser.OpenAsync("/members")).Html.ShouldNotContain("mallory");
    }

    [Fact]
    public async Task Anyone_who_signed_in_too_long_ago_confirms_before_they_invite()
    {
        using var owner = await APerson.OwnerAsync(portal);
        portal.Clock.Advance(RoleTable.Freshness + TimeSpan.FromSeconds(1));

        (await owner.Browser.AskAsync("/members/invite")).Location.ShouldNotBeNull().ShouldContain("/sign-in?confirm=true&returnUrl=%2Fmembers%2Finvite");
    }

    [Fact]
    public async Task A_viewer_opens_none_of_the_pages_about_people_and_settings()
    {
        using var viewer = await MemberAsync(MemberRole.Viewer);

        foreach (var address in new[] { "/members", "/members/1", "/members/invite", "/activity", "/settings" })
        {
            (await viewer.Browser.AskAsync(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
        }

        (await viewer.Browser.PostAsync("/members/invite", ("_handler", "invite"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_page_that_a_role_does_not_open_is_in_the_trail_once_a_minute()
    {
        using var viewer = await MemberAsync(MemberRole.Viewer);
        foreach (var address in new[] { "/members?q=secret", "/members?q=again", "/api-keys", "/activity", "/settings", "/members/4111111111111111" })
        {
            (await viewer.Browser.AskAsync(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
        }

        portal.Clock.Advance(IRefusedAttempts.Apart);
        await viewer.Browser.AskAsync("/members/4111111111111111");

        var member = (await viewer.FindMemberAsync()).ShouldNotBeNull();
        var trail = (await portal.Services.GetRequiredService<IAuditStore>().ListAsync(member.Account, null, null, 100, TestContext.Current.CancellationToken))
            .Select(recorded => recorded.Entry).Where(entry => entry.Actor == $"member:{member.Id.Value}" && !entry.Succeeded).ToList();
        trail.ShouldAllBe(entry => entry.Action == "page refused" && entry.Address != null);
        trail.Select(entry => (entry.Detail, entry.Subject)).ShouldBe(
            [("ViewMembers", "page"), ("ViewSettings", "/settings"), ("ViewActivity", "/activity"), ("ViewApiKeys", "/api-keys"), ("ViewMembers", "/members")]);
    }

    [Fact]
    public async Task A_disabled_member_is_a_stranger_from_the_next_request_on()
    {
        using var owner = await APerson.OwnerAsync(portal);
        using var developer = await MemberAsync(MemberRole.Developer, owner);
        (await developer.Browser.AskAsync("/settings")).Status.ShouldBe(HttpStatusCode.OK);

        var member = (await developer.FindMemberAsync())!;
        var boss = (await owner.FindMemberAsync())!;
        var who = new SignedInMember(boss.Id, boss.Account, boss.Email, boss.Name, boss.Role, new SessionId(0), portal.Clock.GetUtcNow(), null);
        (await portal.Services.GetRequiredService<IMemberManagement>().DisableAsync(who, member.Id)).IsSuccess.ShouldBeTrue();

        (await developer.Browser.AskAsync("/settings")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task The_root_is_for_strangers_what_this_is_and_for_members_how_it_does()
    {
        using var stranger = new APerson(portal);
        using var owner = await APerson.OwnerAsync(portal);

        (await stranger.Browser.OpenAsync("/")).Html.ShouldContain("Card numbers in");

        var home = await owner.Browser.OpenAsync("/");
        home.Html.ShouldContain("Tokens per hour");
        home.Html.ShouldNotContain("Card numbers in");
    }

    [Fact]
    public async Task Each_page_opens_for_an_owner()
    {
        using var owner = await APerson.OwnerAsync(portal);

        foreach (var (address, text) in new[] { ("/members", owner.Email), ("/activity", "Read the audit trail"), ("/settings", "Unique references") })
        {
            (await owner.Browser.OpenAsync(address)).Html.ShouldContain(text);
        }
    }

    private static string LinkIn(Page page)
    {
        var link = new Uri(page.Document.QuerySelector("[data-testid=invitation-link]")!.TextContent);
        return $"{link.PathAndQuery}{link.Fragment}";
    }

    private static async Task<Page> InviteAsync(APerson owner, string email, MemberRole role) => await owner.Browser.SubmitAsync(
        await owner.Browser.OpenAsync("/members/invite"), "invite", ("Input.Email", email), ("Input.Role", role.ToString()));

    private async Task<APerson> MemberAsync(MemberRole role, APerson? by = null)
    {
        var person = new APerson(portal);
        var owner = by ?? await APerson.OwnerAsync(portal);
        await person.SetUpAsync(LinkIn(await InviteAsync(owner, person.Email, role)));
        if (by is null)
        {
            owner.Dispose();
        }

        return person;
    }
}
