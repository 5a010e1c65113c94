using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class ManagingMembersTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _owner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberManagement Management => _vault.Get<IMemberManagement>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _owner = await _vault.AddAsync(MemberRole.Owner, "Olive", "olive@example.com");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task The_list_shows_what_an_access_review_asks_for()
    {
        await _vault.AddAsync(MemberRole.Developer, "dave", "dave@example.com", lockedUntil: _vault.Clock.GetUtcNow().AddMinutes(30));

        var members = (await Management.ListAsync(_owner, Ct)).Value!.Members;

        members.Select(member => (member.Name, member.Email, member.Role, member.Status)).ShouldBe(
            [("dave", "dave@example.com", MemberRole.Developer, MemberStatus.Locked), ("Olive", "olive@example.com", MemberRole.Owner, MemberStatus.Active)]);
        members.ShouldAllBe(member => member.HasAuthenticator && member.Passkeys == 0 && member.LastSignedInAt == null);
    }

    [Fact]
    public async Task A_lock_that_is_over_is_none()
    {
        await _vault.AddAsync(MemberRole.Developer, "Dave", lockedUntil: _vault.Clock.GetUtcNow());

        (await Management.ListAsync(_owner, Ct)).Value!.Members.ShouldAllBe(member => member.Status == MemberStatus.Active);
    }

    [Theory]
    [InlineData(MemberRole.Owner, true, true)]
    [InlineData(MemberRole.Admin, true, true)]
    [InlineData(MemberRole.Developer, false, false)]
    [InlineData(MemberRole.Viewer, false, false)]
    [InlineData(MemberRole.Auditor, true, false)]
    public async Task Each_role_sees_and_manages_as_the_table_says(MemberRole role, bool sees, bool manages)
    {
        var who = await _vault.AddAsync(role);
        var target = await _vault.AddAsync(MemberRole.Viewer, "Vera");

        (await Management.ListAsync(who, Ct)).IsSuccess.ShouldBe(sees);
        (await Management.ChangeRoleAsync(who, target.Id, MemberRole.Auditor)).IsSuccess.ShouldBe(manages);
        (await Management.DisableAsync(who, target.Id)).IsSuccess.ShouldBe(manages);
        (await Management.EnableAsync(who, target.Id)).IsSuccess.ShouldBe(manages);
        (await Management.InviteAsync(who, $"{role}@example.com", MemberRole.Viewer)).IsSuccess.ShouldBe(manages);
    }

    [Fact]
    public async Task What_a_role_does_not_allow_is_refused_and_noted()
    {
        var developer = await _vault.AddAsync(MemberRole.Developer, "Dave");

        (await Management.DisableAsync(developer, _owner.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();

        var entry = (await _vault.TrailAsync()).ShouldHaveSingleItem();
        entry.ShouldSatisfyAllConditions(
            () => entry.Action.ShouldBe("operation refused"),
            () => entry.Succeeded.ShouldBeFalse(),
            () => entry.Actor.ShouldBe(developer.Actor),
            () => entry.Subject.ShouldBe($"member:{_owner.Id.Value}"),
            () => entry.Address.ShouldBe(MembersOfAVault.Address));
    }

    [Fact]
    public async Task Only_an_owner_makes_and_unmakes_owners()
    {
        var admin = await _vault.AddAsync(MemberRole.Admin, "Adam");
        var other = await _vault.AddAsync(MemberRole.Owner, "Otto");
        var viewer = await _vault.AddAsync(MemberRole.Viewer, "Vera");

        (await Management.ChangeRoleAsync(admin, viewer.Id, MemberRole.Owner)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        _vault.Clock.Advance(IRefusedAttempts.Apart);
        (await Management.ChangeRoleAsync(admin, other.Id, MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        _vault.Clock.Advance(IRefusedAttempts.Apart);
        (await Management.DisableAsync(admin, other.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        _vault.Clock.Advance(IRefusedAttempts.Apart);
        (await Management.InviteAsync(admin, "new@example.com", MemberRole.Owner)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.TrailAsync()).ShouldAllBe(entry => !entry.Succeeded && entry.Detail == nameof(Operation.ManageOwners));
        (await _vault.TrailAsync()).Count.ShouldBe(4);

        (await Management.ChangeRoleAsync(_owner, viewer.Id, MemberRole.Owner)).Value!.Role.ShouldBe(MemberRole.Owner);
        (await Management.DisableAsync(_owner, other.Id)).Value!.Status.ShouldBe(MemberStatus.Disabled);
    }

    [Fact]
    public async Task Anyone_who_signed_in_too_long_ago_is_asked_to_confirm()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);
        _vault.Clock.Advance(RoleTable.Freshness + TimeSpan.FromSeconds(1));

        (await Management.DisableAsync(_owner, viewer.Id)).Refusal.ShouldBeOfType<Refusal.Unconfirmed>();
        (await Management.InviteAsync(_owner, "new@example.com", MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Unconfirmed>();
        (await _vault.TrailAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_changes_themselves()
    {
        await _vault.AddAsync(MemberRole.Owner);

        (await Management.ChangeRoleAsync(_owner, _owner.Id, MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Management.DisableAsync(_owner, _owner.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Management.UnlockAsync(_owner, _owner.Id)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public async Task Of_two_owners_who_shut_each_other_out_one_remains()
    {
        var other = await _vault.AddAsync(MemberRole.Owner, "Otto");

        var answers = await Task.WhenAll(Management.DisableAsync(_owner, other.Id), Management.DisableAsync(other, _owner.Id));

        answers.Count(answer => answer.IsSuccess).ShouldBe(1);
        answers.Single(answer => !answer.IsSuccess).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Management.ListAsync(_owner, Ct)).Value!.Members.Count(member => member.Status == MemberStatus.Active).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_owners_who_demote_each_other_at_once_one_remains()
    {
        var owners = new List<SignedInMember> { _owner };
        for (var number = 0; number < 5; number++)
        {
            owners.Add(await _vault.AddAsync(MemberRole.Owner));
        }

        await Task.WhenAll(owners.SelectMany(who => owners.Where(target => target != who).Select(target => Management.ChangeRoleAsync(who, target.Id, MemberRole.Viewer))));

        (await Management.ListAsync(_owner, Ct)).Value!.Members.Count(member => member.Role == MemberRole.Owner).ShouldBe(1);
    }

    [Fact]
    public async Task A_disabled_owner_is_no_owner_to_fall_back_on()
    {
        var other = await _vault.AddAsync(MemberRole.Owner, "Otto");
        (await Management.DisableAsync(_owner, other.Id)).IsSuccess.ShouldBeTrue();

        // As in a request by an owner who was disabled a moment ago.
        (await Management.ChangeRoleAsync(other, _owner.Id, MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.WrongState>().Message.ShouldContain("last owner");
    }

    [Fact]
    public async Task Disabling_ends_every_session_of_the_member_and_of_nobody_else()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer, "Vera", "vera@example.com");

        (await Management.DisableAsync(_owner, viewer.Id)).Value!.Status.ShouldBe(MemberStatus.Disabled);

        (await _vault.CountSessionsAsync(viewer)).ShouldBe(0);
        (await _vault.CountSessionsAsync(_owner)).ShouldBe(1);
        var entry = (await _vault.TrailAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Subject, entry.Actor, entry.Detail).ShouldBe(("member disabled", $"member:{viewer.Id.Value}", _owner.Actor, "vera@example.com"));
    }

    [Fact]
    public async Task The_keys_a_member_made_that_work_are_listed_for_review()
    {
        var developer = await _vault.AddAsync(MemberRole.Developer);
        var keys = _vault.Get<IApiKeyService>();
        foreach (var name in new[] { "Works", "Revoked", "Expired", "Retired", "Another's" })
        {
            var (key, _) = await keys.CreateAsync(new NewApiKey(_vault.Tenant, name, ApiKeyScopes.All, name == "Expired" ? _vault.Clock.GetUtcNow() : null), Ct);
            await _vault.WriteAsync(connection => connection.Execute(
                "UPDATE api_keys SET created_by = @actor, retires_at = @retires WHERE id = @id",
                new { actor = name == "Another's" ? _owner.Actor : developer.Actor, retires = name == "Retired" ? 0 : (long?)null, id = key.Id.Value }));
            if (name == "Revoked")
            {
                await keys.RevokeAsync(_vault.Tenant, key.Id, Ct);
            }
        }

        (await Management.ListKeysOfAsync(_owner, developer.Id, Ct)).Value!.Keys.ShouldHaveSingleItem().Name.ShouldBe("Works");
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());
        (await Management.ListKeysOfAsync(stranger, developer.Id, Ct)).Value!.Keys.ShouldBeEmpty();
        (await Management.ListKeysOfAsync(developer, developer.Id, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public async Task A_change_of_role_says_from_what_to_what()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);

        await Management.ChangeRoleAsync(_owner, viewer.Id, MemberRole.Developer);

        (await _vault.TrailAsync()).ShouldHaveSingleItem().Detail.ShouldBe("Viewer → Developer");
        (await _vault.CountSessionsAsync(viewer)).ShouldBe(1);
    }

    [Fact]
    public async Task Unlocking_forgets_the_failures()
    {
        var locked = await _vault.AddAsync(MemberRole.Viewer, lockedUntil: _vault.Clock.GetUtcNow().AddMinutes(30));

        (await Management.UnlockAsync(_owner, locked.Id)).Value!.Status.ShouldBe(MemberStatus.Active);

        (await _vault.TrailAsync()).ShouldHaveSingleItem().Action.ShouldBe("member unlocked");
        (await Management.UnlockAsync(_owner, locked.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    [Fact]
    public async Task What_is_so_already_is_not_done_again()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);

        (await Management.EnableAsync(_owner, viewer.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Management.ChangeRoleAsync(_owner, viewer.Id, MemberRole.Viewer)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await Management.DisableAsync(_owner, viewer.Id);
        (await Management.DisableAsync(_owner, viewer.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _vault.TrailAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_not_given()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);

        (await Management.ChangeRoleAsync(_owner, viewer.Id, (MemberRole)99)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await Management.InviteAsync(_owner, "new@example.com", (MemberRole)99)).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task Another_accounts_members_are_not_found()
    {
        var stranger = await _vault.AddAsync(MemberRole.Viewer, account: await _vault.NewAccountAsync());

        (await Management.ChangeRoleAsync(_owner, stranger.Id, MemberRole.Admin)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Management.DisableAsync(_owner, stranger.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Management.EnableAsync(_owner, stranger.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Management.UnlockAsync(_owner, stranger.Id)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Management.ListAsync(_owner, Ct)).Value!.Members.ShouldHaveSingleItem().Id.ShouldBe(_owner.Id);
        (await _vault.CountSessionsAsync(stranger)).ShouldBe(1);
    }
}
