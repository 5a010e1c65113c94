using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>What is to become of a member.</summary>
/// <param name="Entry">What the trail says of it.</param>
internal sealed record MemberChange(AuditEntry Entry)
{
    /// <summary>The new role, which withdraws the invitations they made to roles that it may not give; null to leave it.</summary>
    public MemberRole? Role { get; init; }

    /// <summary>Whether to shut the member out, which ends the sessions and withdraws the invitations they made; null to leave it.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>Whether to forget the failures.</summary>
    public bool Unlocks { get; init; }

    /// <summary>A reset link to add, in place of every earlier one, which ends the member's sessions; null for none.</summary>
    public ResetLinkIssue? ResetLink { get; init; }
}

/// <summary>A reset link that is made.</summary>
/// <param name="SecretHash">The hash of what opens it.</param>
/// <param name="IssuedBy">Who made it.</param>
/// <param name="ExpiresAt">From when on it no longer works.</param>
internal sealed record ResetLinkIssue(byte[] SecretHash, MemberId IssuedBy, DateTimeOffset ExpiresAt);

/// <summary>
/// The members of an account as they are managed. What is decided about one is decided within the transaction that does it, so
/// that of two changes at once the second sees the first.
/// </summary>
internal interface IMemberManagementStore
{
    /// <summary>The members of an account by name, and its open invitations, newest first.</summary>
    Task<MemberRoster> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>The keys of an account that work and that a member made, oldest first.</summary>
    Task<IReadOnlyList<CreatedKey>> ListKeysOfAsync(AccountId account, MemberId id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Who or what has an address in an account: a member, or an open invitation.</summary>
    Task<AddressHolder> FindHolderAsync(AccountId account, EmailAddress email, DateTimeOffset now, CancellationToken ct);

    /// <summary>Replaces an open invitation of an account by a new one for the same address and role, if it is so decided.</summary>
    /// <param name="who">Who renews.</param>
    /// <param name="id">The invitation.</param>
    /// <param name="secretHash">The hash of what opens the new one.</param>
    /// <param name="now">When.</param>
    /// <param name="expiresAt">From when on the new one no longer works.</param>
    /// <param name="decide">Is told of the old invitation.</param>
    Task<Result<Invitation>> RenewAsync(
        SignedInMember who, InvitationId id, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<Invitation, Result<AuditEntry>> decide);

    /// <summary>Adds an invitation.</summary>
    /// <returns>Its id; null when the address is a member's of the account or has an open invitation to it.</returns>
    Task<InvitationId?> TryInviteAsync(
        SignedInMember who, EmailAddress email, MemberRole role, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<InvitationId, AuditEntry> entry);

    /// <summary>Withdraws an open invitation of an account, if it is so decided.</summary>
    Task<Result<Invitation>> WithdrawAsync(AccountId account, InvitationId id, DateTimeOffset now, Func<Invitation, Result<AuditEntry>> decide);

    /// <summary>Changes a member of an account, if it is so decided.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The member.</param>
    /// <param name="now">When.</param>
    /// <param name="decide">Is told of the member, and of whether they are the last owner who is not disabled.</param>
    Task<Result<ListedMember>> ChangeAsync(AccountId account, MemberId id, DateTimeOffset now, Func<ListedMember, bool, Result<MemberChange>> decide);
}
