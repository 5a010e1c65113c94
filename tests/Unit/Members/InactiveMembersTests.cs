using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class InactiveMembersTests : IAsyncLifetime
{
    private static readonly TimeSpan s_days = TimeSpan.FromDays(90);

    private MembersOfAVault _vault = null!;
    private SignedInMember _owner = null!;
    private SignedInMember _viewer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberManagement Management => _vault.Get<IMemberManagement>();

    private DateTimeOffset Now => _vault.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _owner = await _vault.AddAsync(MemberRole.Owner, "Olive");
        _viewer = await _vault.AddAsync(MemberRole.Viewer, "Vera");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Who_never_signed_in_is_disabled_at_90_days_and_not_a_second_before()
    {
        await PassAsync(s_days - TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeFalse();

        await PassAsync(TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeTrue();
        (await _vault.CountSessionsAsync(_viewer)).ShouldBe(0);
    }

    [Fact]
    public async Task A_sign_in_begins_another_90_days()
    {
        await PassAsync(s_days - TimeSpan.FromSeconds(1));
        await SignInAsync(_viewer);

        await PassAsync(s_days - TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeFalse();

        await PassAsync(TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeTrue();
    }

    [Fact]
    public async Task So_does_being_enabled_again()
    {
        await PassAsync(s_days);
        (await Management.EnableAsync(Fresh(_owner), _viewer.Id)).Value!.Status.ShouldBe(MemberStatus.Active);

        await PassAsync(s_days - TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeFalse();

        await PassAsync(TimeSpan.FromSeconds(1));
        (await IsDisabledAsync(_viewer)).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_role_does_not()
    {
        await PassAsync(s_days - TimeSpan.FromSeconds(1));
        await Management.ChangeRoleAsync(Fresh(_owner), _viewer.Id, MemberRole.Auditor);

        await PassAsync(TimeSpan.FromSeconds(1));

        (await IsDisabledAsync(_viewer)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_owner_is_disabled_too_and_an_operators_link_makes_another()
    {
        await PassAsync(s_days);
        (await IsDisabledAsync(_owner)).ShouldBeTrue();

        var entry = AuditActor.Operator(_owner.Account).Entry(Now, AuditAction.OwnerLinkMade, "account");
        var link = await _vault.Get<IMemberLinkStore>().CreateOwnerLinkAsync(_owner.Account, Now.AddHours(24), entry);

        (await _vault.TryJoinAsync(link, "new@example.com")).ShouldNotBeNull();
        await PassAsync(TimeSpan.FromDays(89));
        (await Management.ListAsync(_owner, Ct)).Value!.Members.Single(member => member.Email == "new@example.com").Status.ShouldBe(MemberStatus.Active);
    }

    [Fact]
    public async Task Each_account_has_an_entry_for_each_of_its_members_once()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());

        await PassAsync(s_days);
        await PassAsync(TimeSpan.FromHours(1));

        var trail = await _vault.TrailAsync();
        trail.Select(entry => entry.Subject).ShouldBe([_owner.Actor, _viewer.Actor], ignoreOrder: true);
        trail.ShouldAllBe(entry => entry.Actor == "vault" && entry.Action == "member disabled" && entry.Detail == "no sign-in for 90 days" && entry.Succeeded);
        (await _vault.TrailAsync(stranger.Account)).ShouldHaveSingleItem().Subject.ShouldBe(stranger.Actor);
    }

    [Fact]
    public async Task The_invitations_they_made_are_withdrawn()
    {
        await PassAsync(s_days - TimeSpan.FromDays(1));
        var made = (await Management.InviteAsync(Fresh(_owner), "ann@example.com", MemberRole.Admin)).Value!;

        await PassAsync(TimeSpan.FromDays(1));

        (await _vault.TryJoinAsync(made.Secret, "ann@example.com")).ShouldBeNull();
        (await _vault.TrailAsync()).ShouldContain(entry => entry.Action == "invitation withdrawn" && entry.Actor == "vault");
    }

    [Fact]
    public void A_round_is_made_every_hour() => _vault.Get<InactiveMembers>().Pause.ShouldBe(TimeSpan.FromHours(1));

    private SignedInMember Fresh(SignedInMember member) => member with { ConfirmedAt = Now };

    private async Task PassAsync(TimeSpan time)
    {
        _vault.Clock.Advance(time);
        await _vault.Get<InactiveMembers>().RunOnceAsync(Ct);
    }

    private async Task SignInAsync(SignedInMember who)
    {
        var member = (await _vault.Get<IMemberStore>().FindByEmailAsync(Address(who), Ct)).ShouldNotBeNull();
        var entry = who.Entry(Now, AuditAction.SignedIn, who.Actor);
        await _vault.Get<ISessionStore>().BeginAsync(member, Now, Now.AddHours(10), IPAddress.Loopback, "Test", entry);
    }

    private async Task<bool> IsDisabledAsync(SignedInMember who) =>
        (await _vault.Get<IMemberStore>().FindByEmailAsync(Address(who), Ct)).ShouldNotBeNull().IsDisabled;

    private static EmailAddress Address(SignedInMember who)
    {
        EmailAddress.TryParse(who.Email, out var address).ShouldBeTrue();
        return address;
    }
}
