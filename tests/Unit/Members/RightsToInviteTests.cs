using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class RightsToInviteTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _owner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberManagement Management => _vault.Get<IMemberManagement>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _owner = await _vault.AddAsync(MemberRole.Owner, "Olive");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Anyone_who_is_disabled_does_not_come_back_through_an_invitation_of_their_own()
    {
        var admin = await _vault.AddAsync(MemberRole.Admin, "Adam");
        var theirs = await InviteAsync(admin, "again@example.com", MemberRole.Admin);
        var hers = await InviteAsync(_owner, "ann@example.com", MemberRole.Viewer);

        await Management.DisableAsync(_owner, admin.Id);

        (await OpenAsync()).ShouldHaveSingleItem().ShouldBe(hers.Invitation);
        (await _vault.TryJoinAsync(theirs.Secret, "again@example.com")).ShouldBeNull();
        await Management.EnableAsync(_owner, admin.Id);
        (await _vault.TryJoinAsync(theirs.Secret, "again@example.com")).ShouldBeNull();
        (await _vault.TryJoinAsync(hers.Secret, "ann@example.com")).ShouldNotBeNull();

        var entry = (await _vault.TrailAsync()).Single(entry => entry.Action == "invitation withdrawn");
        entry.ShouldSatisfyAllConditions(
            () => entry.Actor.ShouldBe(_owner.Actor),
            () => entry.Subject.ShouldBe($"invitation:{theirs.Invitation.Id.Value}"),
            () => entry.Detail.ShouldBe($"again@example.com as Admin; made by {admin.Actor}, member disabled"));
    }

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Admin, false, true)]
    [InlineData(MemberRole.Owner, MemberRole.Developer, false, false)]
    [InlineData(MemberRole.Admin, MemberRole.Viewer, false, false)]
    [InlineData(MemberRole.Admin, MemberRole.Owner, false, true)]
    public async Task A_new_role_keeps_the_invitations_that_it_may_give(MemberRole before, MemberRole after, bool keepsOwner, bool keepsViewer)
    {
        var member = await _vault.AddAsync(before, "Adam");
        if (before == MemberRole.Owner)
        {
            await InviteAsync(member, "owner@example.com", MemberRole.Owner);
        }

        await InviteAsync(member, "viewer@example.com", MemberRole.Viewer);

        await Management.ChangeRoleAsync(_owner, member.Id, after);

        var open = (await OpenAsync()).Select(invitation => invitation.Role).ToList();
        open.Contains(MemberRole.Owner).ShouldBe(keepsOwner);
        open.Contains(MemberRole.Viewer).ShouldBe(keepsViewer);
    }

    [Theory]
    [InlineData("is_disabled = 1", false)]
    [InlineData("role = 'Developer'", false)]
    [InlineData("role = 'Admin'", true)]
    public async Task An_invitation_that_was_not_withdrawn_is_good_only_while_its_maker_could_make_it(string change, bool isGood)
    {
        var maker = await _vault.AddAsync(MemberRole.Owner);
        var made = await InviteAsync(maker, "ann@example.com", MemberRole.Viewer);
        await _vault.WriteAsync(connection => connection.Execute($"UPDATE members SET {change} WHERE id = @id", new { id = maker.Id.Value }));

        ((await Links.FindAsync(made.Secret, _vault.Clock.GetUtcNow(), Ct)) is not null).ShouldBe(isGood);
        ((await _vault.TryJoinAsync(made.Secret, "ann@example.com")) is not null).ShouldBe(isGood);
    }

    [Fact]
    public async Task An_admin_who_was_an_owner_makes_no_owners()
    {
        var maker = await _vault.AddAsync(MemberRole.Owner);
        var made = await InviteAsync(maker, "ann@example.com", MemberRole.Owner);
        await _vault.WriteAsync(connection => connection.Execute("UPDATE members SET role = 'Admin' WHERE id = @id", new { id = maker.Id.Value }));

        (await _vault.TryJoinAsync(made.Secret, "ann@example.com")).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_of_an_operator_wants_no_inviter_and_works_once()
    {
        var now = _vault.Clock.GetUtcNow();
        var entry = AuditActor.Operator(_vault.Tenant.Account).Entry(now, AuditAction.OwnerLinkMade, "account");
        var secret = await Links.CreateOwnerLinkAsync(_vault.Tenant.Account, now.AddHours(24), entry);

        (await _vault.TryJoinAsync(secret, "ann@example.com")).ShouldNotBeNull().Role.ShouldBe(MemberRole.Owner);
        (await _vault.TryJoinAsync(secret, "bob@example.com")).ShouldBeNull();
    }

    private IMemberLinkStore Links => _vault.Get<IMemberLinkStore>();

    private async Task<NewInvitation> InviteAsync(SignedInMember who, string email, MemberRole role) => (await Management.InviteAsync(who, email, role)).Value!;

    private async Task<IReadOnlyList<Invitation>> OpenAsync() => (await Management.ListAsync(_owner, Ct)).Value!.Invitations;
}
