using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A change of a member.</summary>
/// <param name="Entry">The audit entry of the change.</param>
internal sealed record MemberChange(AuditEntry Entry)
{
    /// <summary>The new role; null to keep the current one. Also withdraws the member's invitations to roles that the new role may not give.</summary>
    public MemberRole? Role { get; init; }

    /// <summary>Whether the member is disabled; null to keep the current state. Disabling also ends the sessions and withdraws the member's invitations.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>Whether to end a lock and reset the count of failures.</summary>
    public bool Unlocks { get; init; }

    /// <summary>A reset link that replaces every earlier one and ends the member's sessions; null for none.</summary>
    public ResetLinkIssue? ResetLink { get; init; }
}

/// <summary>A reset link to store.</summary>
/// <param name="SecretHash">The hash of the secret that opens it.</param>
/// <param name="IssuedBy">The member who made it.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record ResetLinkIssue(byte[] SecretHash, MemberId IssuedBy, DateTimeOffset ExpiresAt);

/// <summary>
/// Stores the members and invitations of an account, for their management. The decision about a change is made in the transaction of
/// the change, so that the second of two concurrent changes sees the first.
/// </summary>
internal interface IMemberManagementStore
{
    /// <summary>Lists the members of an account by name, and its open invitations, newest first.</summary>
    Task<MemberRoster> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Lists the working API keys of an account that a member made, oldest first.</summary>
    Task<IReadOnlyList<CreatedKey>> ListKeysOfAsync(AccountId account, MemberId id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Finds the member or open invitation that holds an address in an account.</summary>
    Task<AddressHolder> FindHolderAsync(AccountId account, EmailAddress email, DateTimeOffset now, CancellationToken ct);

    /// <summary>Replaces an open invitation of an account with a new one for the same address and role, if <paramref name="decide"/> allows it.</summary>
    /// <param name="who">The member who renews it.</param>
    /// <param name="id">The invitation.</param>
    /// <param name="secretHash">The hash of the secret that opens the new one.</param>
    /// <param name="now">The time.</param>
    /// <param name="expiresAt">When the new one expires.</param>
    /// <param name="decide">Receives the old invitation; returns the audit entry, or a refusal.</param>
    Task<Result<Invitation>> RenewAsync(
        SignedInMember who, InvitationId id, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<Invitation, Result<AuditEntry>> decide);

    /// <summary>Adds an invitation.</summary>
    /// <returns>The id; null when the address belongs to a member of the account or has an open invitation to it.</returns>
    Task<InvitationId?> TryInviteAsync(
        SignedInMember who, EmailAddress email, MemberRole role, byte[] secretHash, DateTimeOffset now, DateTimeOffset expiresAt, Func<InvitationId, AuditEntry> entry);

    /// <summary>Withdraws an open invitation of an account, if <paramref name="decide"/> allows it.</summary>
    Task<Result<Invitation>> WithdrawAsync(AccountId account, InvitationId id, DateTimeOffset now, Func<Invitation, Result<AuditEntry>> decide);

    /// <summary>Changes a member of an account, if <paramref name="decide"/> allows it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The member.</param>
    /// <param name="now">The time.</param>
    /// <param name="decide">Receives the member, and whether they are the last owner who is not disabled; returns the change, or a refusal.</param>
    Task<Result<ListedMember>> ChangeAsync(AccountId account, MemberId id, DateTimeOffset now, Func<ListedMember, bool, Result<MemberChange>> decide);
}
