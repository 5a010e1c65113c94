using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>What is to become of a member.</summary>
/// <param name="Entry">What the trail says of it.</param>
internal sealed record MemberChange(AuditEntry Entry)
{
    /// <summary>The new role, which withdraws the invitations he made to roles that it may not give; null to leave it.</summary>
    public MemberRole? Role { get; init; }

    /// <summary>Whether to shut the member out, which ends the sessions and withdraws the invitations he made; null to leave it.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>Whether to forget the failures.</summary>
    public bool Unlocks { get; init; }
}

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
    /// <param name="decide">Is told of the member, and of whether he is the last owner who is not disabled.</param>
    Task<Result<ListedMember>> ChangeAsync(AccountId account, MemberId id, DateTimeOffset now, Func<ListedMember, bool, Result<MemberChange>> decide);
}
