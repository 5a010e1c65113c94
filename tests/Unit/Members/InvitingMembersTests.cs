using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class InvitingMembersTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberManagement Management => _vault.Get<IMemberManagement>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _admin = await _vault.AddAsync(MemberRole.Admin, "Adam", "adam@example.com");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task An_invitation_is_open_for_seven_days_and_says_who_made_it()
    {
        var made = (await Management.InviteAsync(_admin, " Ann@Example.com ", MemberRole.Developer)).Value!;

        var listed = (await ListAsync()).ShouldHaveSingleItem();
        listed.ShouldBe(made.Invitation);
        listed.ShouldSatisfyAllConditions(
            () => listed.Email.ShouldBe("Ann@Example.com"),
            () => listed.Role.ShouldBe(MemberRole.Developer),
            () => listed.InvitedBy.ShouldBe("Adam"),
            () => listed.ExpiresAt.ShouldBe(_vault.Clock.GetUtcNow().AddDays(7)));

        _vault.Clock.Advance(TimeSpan.FromDays(7));
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_hash_of_what_opens_it_is_kept()
    {
        var made = (await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Developer)).Value!;

        var stored = await _vault.ReadAsync(connection => connection.QuerySingle<byte[]>("SELECT secret_hash FROM member_links"));
        stored.ShouldBe(made.Secret.Hash());
        made.ToString().ShouldNotContain(made.Secret.Reveal());
        (await _vault.TrailAsync()).ShouldHaveSingleItem().Detail.ShouldBe("ann@example.com as Developer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData(null)]
    public async Task What_is_no_address_is_refused(string? email) =>
        (await Management.InviteAsync(_admin, email, MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem().Field.ShouldBe("Email");

    [Fact]
    public async Task An_address_that_is_taken_in_the_account_is_refused_with_what_to_do_instead()
    {
        var open = (await Management.InviteAsync(_admin, "open@example.com", MemberRole.Viewer)).Value!;

        (await Management.InviteAsync(_admin, "ADAM@example.com", MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldContain("make a reset link");
        (await Management.InviteAsync(_admin, "OPEN@example.com", MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldContain("Renew it");

        (await HolderAsync("ADAM@example.com")).ShouldSatisfyAllConditions(holder => holder.Member!.Id.ShouldBe(_admin.Id), holder => holder.Invitation.ShouldBeNull());
        (await HolderAsync("OPEN@example.com")).ShouldBe(new AddressHolder(null, open.Invitation));
        (await HolderAsync("nobody@example.com")).ShouldBe(new AddressHolder(null, null));
        (await _vault.TrailAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_renewed_invitation_has_a_new_link_and_seven_days_again_and_the_old_link_no_longer_works()
    {
        var made = (await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer)).Value!;
        _vault.Clock.Advance(TimeSpan.FromDays(6));
        var other = await _vault.AddAsync(MemberRole.Owner, "Olive");

        var renewed = (await Management.RenewAsync(other, made.Invitation.Id)).Value!;

        (await ListAsync()).ShouldHaveSingleItem().ShouldBe(renewed.Invitation);
        renewed.Invitation.ShouldSatisfyAllConditions(
            invitation => invitation.Email.ShouldBe("ann@example.com"),
            invitation => invitation.Role.ShouldBe(MemberRole.Viewer),
            invitation => invitation.InvitedBy.ShouldBe("Olive"),
            invitation => invitation.ExpiresAt.ShouldBe(_vault.Clock.GetUtcNow().AddDays(7)));
        (await _vault.TryJoinAsync(made.Secret, "ann@example.com")).ShouldBeNull();
        (await _vault.TryJoinAsync(renewed.Secret, "ann@example.com")).ShouldNotBeNull();
        (await _vault.TrailAsync()).Select(entry => entry.Action).ShouldBe(["member invited", "invitation renewed", "member joined"]);
    }

    [Fact]
    public async Task Only_an_owner_renews_the_invitation_of_an_owner_and_nobody_one_that_is_gone()
    {
        var owner = await _vault.AddAsync(MemberRole.Owner);
        var made = (await Management.InviteAsync(owner, "ann@example.com", MemberRole.Owner)).Value!;

        (await Management.RenewAsync(_admin, made.Invitation.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await ListAsync()).ShouldHaveSingleItem().ShouldBe(made.Invitation);
        await Management.WithdrawAsync(owner, made.Invitation.Id);
        (await Management.RenewAsync(owner, made.Invitation.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task Inviting_does_not_tell_who_is_in_another_account()
    {
        var other = await _vault.AddAsync(MemberRole.Viewer, email: "other@example.com", account: await _vault.NewAccountAsync());

        var made = (await Management.InviteAsync(_admin, "Other@example.com", MemberRole.Viewer)).Value!;

        (await ListAsync()).ShouldHaveSingleItem().ShouldBe(made.Invitation);
        (await _vault.TryJoinAsync(made.Secret, other.Email)).ShouldBeNull();
        (await ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_in_one_account_is_in_nobodys_way_in_another()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());
        var theirs = (await Management.InviteAsync(stranger, "ann@example.com", MemberRole.Viewer)).Value!;

        var ours = (await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer)).Value!;

        (await _vault.TryJoinAsync(ours.Secret, "ann@example.com")).ShouldNotBeNull().Account.ShouldBe(_vault.Tenant.Account);
        (await _vault.TryJoinAsync(theirs.Secret, "ann@example.com")).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_invitations_of_one_address_at_once_there_is_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer)));

        answers.Count(answer => answer.IsSuccess).ShouldBe(1);
        (await ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_gone_and_the_address_free_again()
    {
        var made = (await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer)).Value!;

        (await Management.WithdrawAsync(_admin, made.Invitation.Id)).IsSuccess.ShouldBeTrue();

        (await ListAsync()).ShouldBeEmpty();
        (await Management.WithdrawAsync(_admin, made.Invitation.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer)).IsSuccess.ShouldBeTrue();
        (await _vault.TrailAsync()).Select(entry => entry.Action).ShouldBe(["member invited", "invitation withdrawn", "member invited"]);
    }

    [Fact]
    public async Task An_invitation_that_ran_out_leaves_the_address_free()
    {
        await Management.InviteAsync(_admin, "ann@example.com", MemberRole.Viewer);
        _vault.Clock.Advance(TimeSpan.FromDays(7));

        (await Management.InviteAsync(_admin with { ConfirmedAt = _vault.Clock.GetUtcNow() }, "ann@example.com", MemberRole.Viewer)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_an_owner_withdraws_the_invitation_of_an_owner()
    {
        var owner = await _vault.AddAsync(MemberRole.Owner);
        var made = (await Management.InviteAsync(owner, "ann@example.com", MemberRole.Owner)).Value!;

        (await Management.WithdrawAsync(_admin, made.Invitation.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await ListAsync()).Count.ShouldBe(1);
        (await Management.WithdrawAsync(owner, made.Invitation.Id)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_accounts_invitations_are_not_found()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());
        var made = (await Management.InviteAsync(stranger, "ann@example.com", MemberRole.Viewer)).Value!;

        (await Management.WithdrawAsync(_admin, made.Invitation.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await ListAsync()).ShouldBeEmpty();
    }

    private async Task<AddressHolder> HolderAsync(string email) => (await Management.FindHolderAsync(_admin, email, Ct)).Value!;

    private async Task<IReadOnlyList<Invitation>> ListAsync() => (await Management.ListAsync(_admin, Ct)).Value!.Invitations;
}
