using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

internal sealed class MemberManagement(IMemberManagementStore store, OperationGate gate, TimeProvider clock) : IMemberManagement
{
    private static readonly Refusal s_noAddress = new Refusal.Invalid([new FieldError("Email", "Write an e-mail address, such as ann@example.com.")]);

    private static readonly Refusal s_noRole = new Refusal.Invalid([new FieldError("Role", "Choose a role.")]);

    private static readonly Refusal s_memberAlready =
        new Refusal.Conflict("This address belongs to a member of your account already. If access was lost, make a reset link for the member.");

    private static readonly Refusal s_invitedAlready = new Refusal.Conflict("This address has an open invitation already. Renew it to get a new link.");

    private static readonly Refusal s_ownersOnly = new Refusal.Forbidden("Only an owner can do this to an owner, or make someone an owner.");

    public async Task<Result<MemberRoster>> ListAsync(SignedInMember who, CancellationToken ct)
    {
        return await gate.RefuseAsync(who, Operation.ViewMembers, "members") is { } refusal ? refusal : await store.ListAsync(who.Account, clock.GetUtcNow(), ct);
    }

    public async Task<Result<CreatedKeys>> ListKeysOfAsync(SignedInMember who, MemberId id, CancellationToken ct)
    {
        return (await gate.RefuseAsync(who, Operation.ViewMembers, Subject(id)) ?? await gate.RefuseAsync(who, Operation.ViewApiKeys, Subject(id))) is { } refusal
            ? refusal
            : new CreatedKeys(await store.ListKeysOfAsync(who.Account, id, clock.GetUtcNow(), ct));
    }

    public async Task<Result<NewInvitation>> InviteAsync(SignedInMember who, string? email, MemberRole role)
    {
        var now = clock.GetUtcNow();
        if (await gate.RefuseAsync(who, RoleTable.ToGive(role), "invitation") is { } refusal)
        {
            return refusal;
        }

        if (!EmailAddress.TryParse(email, out var address))
        {
            return s_noAddress;
        }

        if (!Enum.IsDefined(role))
        {
            return s_noRole;
        }

        var secret = OpaqueSecret.Generate();
        var expiresAt = now + IMemberManagement.InvitationsLast;
        var id = await store.TryInviteAsync(
            who, address, role, secret.Hash(), now, expiresAt, invitation => who.Entry(now, AuditAction.MemberInvited, Subject(invitation), $"{address} as {role}"));
        if (id is { } made)
        {
            return new NewInvitation(new Invitation(made, address.Text, role, who.Name, expiresAt), secret);
        }

        var holder = await store.FindHolderAsync(who.Account, address, now, CancellationToken.None);
        return holder.Member is not null ? s_memberAlready : s_invitedAlready;
    }

    public async Task<Result<AddressHolder>> FindHolderAsync(SignedInMember who, string? email, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ViewMembers, "members") is { } refusal)
        {
            return refusal;
        }

        return EmailAddress.TryParse(email, out var address) ? await store.FindHolderAsync(who.Account, address, clock.GetUtcNow(), ct) : s_noAddress;
    }

    public async Task<Result<NewInvitation>> RenewAsync(SignedInMember who, InvitationId id)
    {
        var now = clock.GetUtcNow();
        if (await gate.RefuseAsync(who, Operation.ManageMembers, Subject(id)) is { } refusal)
        {
            return refusal;
        }

        var secret = OpaqueSecret.Generate();
        var renewed = await store.RenewAsync(who, id, secret.Hash(), now, now + IMemberManagement.InvitationsLast, invitation =>
            invitation.Role == MemberRole.Owner && RoleTable.Refuse(who, Operation.ManageOwners, now) is not null
                ? s_ownersOnly
                : who.Entry(now, AuditAction.InvitationRenewed, Subject(id), Describe(invitation)));
        var recorded = await RecordedAsync(who, Subject(id), renewed);
        return recorded.IsSuccess ? new NewInvitation(recorded.Value, secret) : recorded.Refusal;
    }

    public async Task<Result<Invitation>> WithdrawAsync(SignedInMember who, InvitationId id)
    {
        var now = clock.GetUtcNow();
        if (await gate.RefuseAsync(who, Operation.ManageMembers, Subject(id)) is { } refusal)
        {
            return refusal;
        }

        var withdrawn = await store.WithdrawAsync(who.Account, id, now, invitation =>
            invitation.Role == MemberRole.Owner && RoleTable.Refuse(who, Operation.ManageOwners, now) is not null
                ? s_ownersOnly
                : who.Entry(now, AuditAction.InvitationWithdrawn, Subject(id), Describe(invitation)));
        return await RecordedAsync(who, Subject(id), withdrawn);
    }

    public Task<Result<ListedMember>> ChangeRoleAsync(SignedInMember who, MemberId id, MemberRole role) =>
        ChangeAsync(who, id, (member, isLastOwner, now) =>
        {
            if (!Enum.IsDefined(role))
            {
                return s_noRole;
            }

            if (role == MemberRole.Owner && RoleTable.Refuse(who, Operation.ManageOwners, now) is not null)
            {
                return s_ownersOnly;
            }

            if (role == member.Role)
            {
                return new Refusal.WrongState($"{member.Name} has this role already.");
            }

            return isLastOwner
                ? new Refusal.WrongState("The last owner must stay an owner: make somebody else an owner first.")
                : new MemberChange(who.Entry(now, AuditAction.RoleChanged, Subject(id), $"{member.Role} → {role}")) { Role = role };
        });

    public Task<Result<ListedMember>> DisableAsync(SignedInMember who, MemberId id) =>
        ChangeAsync(who, id, (member, isLastOwner, now) =>
        {
            if (member.Status == MemberStatus.Disabled)
            {
                return new Refusal.WrongState($"{member.Name} is disabled already.");
            }

            return isLastOwner
                ? new Refusal.WrongState("The last owner cannot be disabled: make somebody else an owner first.")
                : new MemberChange(who.Entry(now, AuditAction.MemberDisabled, Subject(id), member.Email)) { IsDisabled = true };
        });

    public Task<Result<ListedMember>> EnableAsync(SignedInMember who, MemberId id) =>
        ChangeAsync(who, id, (member, _, now) => member.Status == MemberStatus.Disabled
            ? new MemberChange(who.Entry(now, AuditAction.MemberEnabled, Subject(id), member.Email)) { IsDisabled = false }
            : new Refusal.WrongState($"{member.Name} is not disabled."));

    public Task<Result<ListedMember>> UnlockAsync(SignedInMember who, MemberId id) =>
        ChangeAsync(who, id, (member, _, now) => member.Status == MemberStatus.Locked
            ? new MemberChange(who.Entry(now, AuditAction.MemberUnlocked, Subject(id), member.Email)) { Unlocks = true }
            : new Refusal.WrongState($"{member.Name} is not locked."));

    public async Task<Result<NewResetLink>> IssueResetLinkAsync(SignedInMember who, MemberId id)
    {
        var secret = OpaqueSecret.Generate();
        var expiresAt = clock.GetUtcNow() + IMemberManagement.ResetLinksLast;
        var changed = await ChangeAsync(who, id, (member, _, now) => member.Status == MemberStatus.Disabled
            ? new Refusal.WrongState($"{member.Name} is disabled. Enable the member first.")
            : new MemberChange(who.Entry(now, AuditAction.ResetLinkMade, Subject(id), member.Email))
            {
                ResetLink = new ResetLinkIssue(secret.Hash(), who.Id, expiresAt),
            });
        return changed.IsSuccess ? new NewResetLink(changed.Value, secret, expiresAt) : changed.Refusal;
    }

    private static string Describe(Invitation invitation) => $"{invitation.Email ?? "for anyone who has the link"} as {invitation.Role}";

    private static string Subject(InvitationId id) => $"invitation:{id.Value}";

    private static string Subject(MemberId id) => $"member:{id.Value}";

    private async Task<Result<ListedMember>> ChangeAsync(
        SignedInMember who, MemberId id, Func<ListedMember, bool, DateTimeOffset, Result<MemberChange>> decide)
    {
        var now = clock.GetUtcNow();
        if (await gate.RefuseAsync(who, Operation.ManageMembers, Subject(id)) is { } refusal)
        {
            return refusal;
        }

        if (who.Id == id)
        {
            return new Refusal.Forbidden("You can't change your own membership. Ask another owner or admin.");
        }

        var changed = await store.ChangeAsync(who.Account, id, now, (member, isLastOwner) =>
            member.Role == MemberRole.Owner && RoleTable.Refuse(who, Operation.ManageOwners, now) is not null
                ? s_ownersOnly
                : decide(member, isLastOwner, now));
        return await RecordedAsync(who, Subject(id), changed);
    }

    private async Task<Result<T>> RecordedAsync<T>(SignedInMember who, string subject, Result<T> answer)
        where T : class
    {
        if (answer.Refusal == s_ownersOnly)
        {
            await gate.RecordAsync(who, Operation.ManageOwners, subject);
        }

        return answer;
    }
}
