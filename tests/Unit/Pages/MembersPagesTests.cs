using Bunit;
using Dojo.Pci.Portal.Components.Pages.Members;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class MembersPagesTests : MemberPageTest
{
    private readonly FakeMembers _members = new();

    public MembersPagesTests()
    {
        Services.AddSingleton<IMemberManagement>(_members);
        _members.Members.AddRange([FakeMembers.A(7, "Olive", MemberRole.Owner), FakeMembers.A(8, "Dave", MemberRole.Developer), FakeMembers.A(9, "Otto", MemberRole.Owner)]);
        _members.Invitations.AddRange(
        [
            new Invitation(new InvitationId(1), "ann@example.com", MemberRole.Viewer, "Olive", Clock.GetUtcNow().AddDays(7)),
            new Invitation(new InvitationId(2), null, MemberRole.Owner, null, Clock.GetUtcNow().AddDays(1)),
        ]);
    }

    [Fact]
    public void The_table_names_everyone_with_role_status_factors_and_last_sign_in()
    {
        var page = RenderAs<MembersPage>();

        page.FindAll("[data-testid=member]").Count.ShouldBe(3);
        var first = page.FindAll("[data-testid=member]")[0].Closest("tr")!.TextContent;
        foreach (var text in new[] { "Olive", "You", "Olive@example.com", "Owner", "Active", "Passkey, authenticator app", "Never" })
        {
            first.ShouldContain(text);
        }

        page.Find("a[href='/members/8?location=dockside&env=sandbox']").TextContent.ShouldBe("Dave");
        page.FindAll("[data-testid=invitation]")[1].TextContent.ShouldContain("Anyone with the link");
    }

    [Theory]
    [InlineData(MemberRole.Owner, true, 2)]
    [InlineData(MemberRole.Admin, true, 1)]
    [InlineData(MemberRole.Auditor, false, 0)]
    public void Only_what_a_role_may_do_is_offered(MemberRole role, bool invites, int withdraws)
    {
        var page = RenderAs<MembersPage>(role);

        page.FindAll("[data-testid=invite]").Count.ShouldBe(invites ? 1 : 0);
        page.FindAll("[data-testid=invitation] button").Count.ShouldBe(withdraws);
    }

    [Fact]
    public void A_withdrawn_invitation_leaves_the_list()
    {
        var page = RenderAs<MembersPage>();

        page.FindAll("[data-testid=invitation] button")[0].Click();

        page.FindAll("[data-testid=invitation]").Count.ShouldBe(1);
        page.FindAll("[role=status]").ShouldContain(status => status.TextContent.Contains("withdrawn", StringComparison.Ordinal));
        _members.Asked.ShouldBe(["withdraw 1"]);
    }

    [Fact]
    public void A_refusal_is_shown()
    {
        _members.Refusal = new Refusal.NotFound("This invitation no longer exists.");
        var page = RenderAs<MembersPage>();

        page.FindAll("[data-testid=invitation] button")[0].Click();

        page.Find("[role=alert]").TextContent.ShouldBe("This invitation no longer exists.");
    }

    [Fact]
    public void Anyone_who_must_confirm_is_sent_to_do_so_and_comes_back()
    {
        _members.Refusal = new Refusal.Unconfirmed("Confirm.");
        var page = RenderAs<MembersPage>();

        page.FindAll("[data-testid=invitation] button")[0].Click();

        Address.ShouldContain("/sign-in?confirm=true&returnUrl=");
    }

    [Fact]
    public void A_role_is_chosen_and_then_given()
    {
        var page = RenderAs<MemberDetailsPage>(parameters: ("Id", 8L));
        page.Find("form button").HasAttribute("disabled").ShouldBeTrue();

        page.Act("input[value=Admin]", element => element.Change("Admin"));
        page.Act("form", element => element.Submit());

        _members.Asked.ShouldBe(["role Admin"]);
        page.Find("[data-testid=role]").TextContent.ShouldBe("Admin");
        page.Find("[role=status]").TextContent.Trim().ShouldBe("Dave is now Admin.");
    }

    [Fact]
    public void An_admin_is_not_offered_to_make_an_owner() =>
        RenderAs<MemberDetailsPage>(MemberRole.Admin, ("Id", 8L)).FindAll("input[value=Owner]").ShouldBeEmpty();

    [Fact]
    public void Disabling_says_what_it_does_and_is_done_on_the_second_click()
    {
        var dialogs = Dialogs;
        var page = RenderAs<MemberDetailsPage>(parameters: ("Id", 8L));

        page.Act("[data-testid=disable]", element => element.Click());
        dialogs.WaitForElement("[data-testid=disabling]").TextContent.ShouldContain("sessions end");
        _members.Asked.ShouldBeEmpty();
        dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == "Disable Dave").Click();

        _members.Asked.ShouldBe(["disable"]);
        page.Find("[data-testid=status]").TextContent.ShouldBe("Disabled");
    }

    [Fact]
    public void Anyone_who_disables_a_member_is_shown_the_keys_that_go_on_working()
    {
        _members.Keys = [new CreatedKey(new Tenant(Dockside.Account, Dockside.Id, TenantEnvironment.Production), 4, "Checkout", "9f2c")];
        var dialogs = Dialogs;
        var page = RenderAs<MemberDetailsPage>(parameters: ("Id", 8L));

        page.Act("[data-testid=disable]", element => element.Click());

        dialogs.WaitForElement("[data-testid=made-keys] a").GetAttribute("href").ShouldBe("/api-keys/4?location=dockside&env=production");
    }

    [Theory]
    [InlineData(MemberStatus.Locked, "Unlock", "unlock")]
    [InlineData(MemberStatus.Disabled, "Enable", "enable")]
    public void Who_was_shut_out_is_let_in_again(MemberStatus status, string button, string asked)
    {
        _members.Members[1] = FakeMembers.A(8, "Dave", MemberRole.Developer, status);
        var page = RenderAs<MemberDetailsPage>(parameters: ("Id", 8L));

        page.FindAll("button").Single(found => found.TextContent == button).Click();

        _members.Asked.ShouldBe([asked]);
        page.Find("[data-testid=status]").TextContent.ShouldBe("Active");
    }

    [Theory]
    [InlineData(MemberRole.Owner, 7L, "change your own role or access")]
    [InlineData(MemberRole.Admin, 9L, "Only an owner can change an owner.")]
    [InlineData(MemberRole.Auditor, 8L, "see members, not change them")]
    public void Where_nothing_can_be_changed_the_page_says_why(MemberRole role, long id, string why)
    {
        var page = RenderAs<MemberDetailsPage>(role, ("Id", id));

        page.Markup.ShouldContain(why);
        page.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void A_member_of_another_account_is_none() =>
        RenderAs<MemberDetailsPage>(parameters: ("Id", 99L)).Find("h1").TextContent.ShouldStartWith("Member not found");
}
