using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class ResettingMembersTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _owner = null!;
    private SignedInMember _admin = null!;
    private SignedInMember _ann = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberManagement Management => _vault.Get<IMemberManagement>();

    private IMemberResetStore Resets => _vault.Get<IMemberResetStore>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _owner = await _vault.AddAsync(MemberRole.Owner, "Olive");
        _admin = await _vault.AddAsync(MemberRole.Admin, "Adam");
        _ann = await _vault.AddAsync(MemberRole.Developer, "Ann", "ann@example.com");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Owner, true)]
    [InlineData(MemberRole.Owner, MemberRole.Viewer, true)]
    [InlineData(MemberRole.Admin, MemberRole.Admin, true)]
    [InlineData(MemberRole.Admin, MemberRole.Auditor, true)]
    [InlineData(MemberRole.Admin, MemberRole.Owner, false)]
    [InlineData(MemberRole.Developer, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Viewer, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Auditor, MemberRole.Viewer, false)]
    public async Task Each_role_resets_whom_the_table_says(MemberRole role, MemberRole of, bool may)
    {
        var who = await _vault.AddAsync(role);
        var member = await _vault.AddAsync(of);

        var answer = await Management.IssueResetLinkAsync(who, member.Id);

        answer.IsSuccess.ShouldBe(may);
        (await _vault.CountSessionsAsync(member)).ShouldBe(may ? 0 : 1, "a refused reset ends nothing");
        if (!may)
        {
            answer.Refusal.ShouldBeOfType<Refusal.Forbidden>();
            (await _vault.TrailAsync()).ShouldContain(entry => entry.Actor == who.Actor && !entry.Succeeded);
        }
    }

    [Fact]
    public async Task Nobody_resets_their_own_access() =>
        (await Management.IssueResetLinkAsync(_owner, _owner.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();

    [Fact]
    public async Task Anyone_who_signed_in_too_long_ago_confirms_first()
    {
        _vault.Clock.Advance(RoleTable.Freshness + TimeSpan.FromSeconds(1));

        (await Management.IssueResetLinkAsync(_owner, _ann.Id)).Refusal.ShouldBeOfType<Refusal.Unconfirmed>();
    }

    [Fact]
    public async Task A_member_of_another_account_is_not_found()
    {
        var stranger = await _vault.AddAsync(MemberRole.Viewer, account: await _vault.NewAccountAsync());

        (await Management.IssueResetLinkAsync(_owner, stranger.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await _vault.CountSessionsAsync(stranger)).ShouldBe(1);
    }

    [Fact]
    public async Task A_disabled_member_is_enabled_first()
    {
        await Management.DisableAsync(_owner, _ann.Id);

        (await Management.IssueResetLinkAsync(_owner, _ann.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    [Fact]
    public async Task A_link_works_once_and_replaces_password_factors_and_recovery_codes()
    {
        await _vault.WriteAsync(connection => connection.Execute(
            "UPDATE members SET password_hash = 'old', failures = 10, locked_until = @until WHERE id = @id; INSERT INTO member_recovery_codes VALUES (@id, x'01')",
            new { id = _ann.Id.Value, until = long.MaxValue }));
        await _vault.Get<IMemberStore>().TryAddPasskeyAsync(_ann.Id, new Passkey([9], "Old", "{}", _vault.Clock.GetUtcNow(), null), _ann.Session, EntryOf("passkey added"));
        var made = await IssueAsync();

        var member = (await CompleteAsync(made, new NewCredentials { PasswordHash = "new", TotpSeed = [7], TotpStep = 3, RecoveryCodeHashes = [[2]] })).ShouldNotBeNull();

        member.ShouldSatisfyAllConditions(
            () => member.Id.ShouldBe(_ann.Id),
            () => member.PasswordHash.ShouldBe("new"),
            () => member.PasswordHistory.ShouldBe(["old"]),
            () => member.TotpSeed.ShouldBe([7]),
            () => member.LockedUntil.ShouldBeNull());
        var members = _vault.Get<IMemberStore>();
        (await members.ListPasskeysAsync(_ann.Id, Ct)).ShouldBeEmpty();
        (await members.TryUseRecoveryCodeAsync(_ann.Id, [1], EntryOf("recovery code used"))).ShouldBeFalse();
        (await members.TryUseRecoveryCodeAsync(_ann.Id, [2], EntryOf("recovery code used"))).ShouldBeTrue();
        (await members.TryAcceptTotpStepAsync(_ann.Id, 3)).ShouldBeFalse("the code that confirmed the app is used");
        (await CompleteAsync(made)).ShouldBeNull();
    }

    [Fact]
    public async Task The_trail_says_who_issued_it_and_that_it_was_used()
    {
        await CompleteAsync(await IssueAsync());

        (await _vault.TrailAsync()).Select(entry => (entry.Action, entry.Actor, entry.Subject)).ShouldBe(
            [("reset link made", _admin.Actor, _ann.Actor), ("access reset", _ann.Actor, _ann.Actor)]);
    }

    [Fact]
    public async Task Only_the_hash_of_what_opens_it_is_kept()
    {
        var made = await IssueAsync();

        (await _vault.ReadAsync(connection => connection.QuerySingle<byte[]>("SELECT secret_hash FROM member_reset_links"))).ShouldBe(made.Secret.Hash());
        made.ToString().ShouldNotContain(made.Secret.Reveal());
    }

    [Fact]
    public async Task A_link_works_for_24_hours()
    {
        var made = await IssueAsync();
        made.ExpiresAt.ShouldBe(_vault.Clock.GetUtcNow().AddHours(24));
        _vault.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await FindAsync(made)).ShouldNotBeNull();

        _vault.Clock.Advance(TimeSpan.FromSeconds(1));

        (await FindAsync(made)).ShouldBeNull();
        (await CompleteAsync(made)).ShouldBeNull();
    }

    [Fact]
    public async Task A_newer_link_takes_the_place_of_the_earlier_ones()
    {
        var earlier = await IssueAsync();
        var newer = await IssueAsync();

        (await CompleteAsync(earlier)).ShouldBeNull();
        (await CompleteAsync(newer)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Completing_it_ends_the_sessions_that_were_begun_since()
    {
        var made = await IssueAsync();
        await _vault.WriteAsync(connection => connection.Execute("UPDATE member_sessions SET ended_at = NULL WHERE member_id = @id", new { id = _ann.Id.Value }));
        (await _vault.CountSessionsAsync(_ann)).ShouldBe(1);

        await CompleteAsync(made);

        (await _vault.CountSessionsAsync(_ann)).ShouldBe(0);
    }

    [Fact]
    public async Task A_passkey_of_another_member_resets_nothing()
    {
        await _vault.Get<IMemberStore>().TryAddPasskeyAsync(_admin.Id, new Passkey([9], "Adam's", "{}", _vault.Clock.GetUtcNow(), null), _admin.Session, EntryOf("passkey added"));
        var made = await IssueAsync();

        (await CompleteAsync(made, new NewCredentials { PasswordHash = "new", Passkey = new Passkey([9], "Ann's", "{}", _vault.Clock.GetUtcNow(), null), RecoveryCodeHashes = [] })).ShouldBeNull();

        (await _vault.Get<IMemberStore>().FindAsync(_ann.Id, Ct))!.PasswordHash.ShouldBeEmpty("it is what it was");
        (await FindAsync(made)).ShouldNotBeNull("nothing half-done is stored");
    }

    [Theory]
    [InlineData("issuer disabled")]
    [InlineData("issuer demoted")]
    [InlineData("member disabled and enabled")]
    [InlineData("member made an owner")]
    public async Task A_link_no_longer_works_once_the_one_who_issued_it_or_the_member_has_changed(string change)
    {
        var made = await IssueAsync();

        await (change switch
        {
            "issuer disabled" => Management.DisableAsync(_owner, _admin.Id),
            "issuer demoted" => Management.ChangeRoleAsync(_owner, _admin.Id, MemberRole.Developer),
            "member made an owner" => Management.ChangeRoleAsync(_owner, _ann.Id, MemberRole.Owner),
            _ => Management.DisableAsync(_owner, _ann.Id),
        });
        if (change == "member disabled and enabled")
        {
            await Management.EnableAsync(_owner, _ann.Id);
        }

        (await FindAsync(made)).ShouldBeNull();
        (await CompleteAsync(made)).ShouldBeNull();
        (await _vault.TrailAsync()).ShouldContain(entry => entry.Action == "reset link withdrawn" && entry.Subject == _ann.Actor);
    }

    [Theory]
    [InlineData("UPDATE members SET role = 'Owner' WHERE id = @ann")]
    [InlineData("UPDATE members SET role = 'Developer' WHERE id = @admin")]
    [InlineData("UPDATE members SET is_disabled = 1 WHERE id = @admin")]
    [InlineData("UPDATE members SET is_disabled = 1 WHERE id = @ann")]
    public async Task A_link_that_was_not_withdrawn_works_only_while_it_could_be_issued(string change)
    {
        var made = await IssueAsync();
        await _vault.WriteAsync(connection => connection.Execute(change, new { ann = _ann.Id.Value, admin = _admin.Id.Value }));

        (await CompleteAsync(made)).ShouldBeNull();
    }

    private async Task<NewResetLink> IssueAsync() => (await Management.IssueResetLinkAsync(_admin, _ann.Id)).Value!;

    private Task<ResetLink?> FindAsync(NewResetLink made) => Resets.FindAsync(made.Secret, _vault.Clock.GetUtcNow(), Ct);

    private Task<Member?> CompleteAsync(NewResetLink made, NewCredentials? credentials = null) => Resets.TryCompleteAsync(
        made.Secret, credentials ?? new NewCredentials { PasswordHash = "new", TotpSeed = [7], RecoveryCodeHashes = [] }, _vault.Clock.GetUtcNow(), EntryOf("access reset"));

    private AuditEntry EntryOf(string action) => new() { Account = _ann.Account, At = _vault.Clock.GetUtcNow(), Actor = "", Action = action, Subject = "" };
}
