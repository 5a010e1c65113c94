using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// Manages the members of an account and their roles. Only an owner may change an owner or make one. No member can change their own
/// membership, and the last owner who is not disabled stays an owner.
/// </summary>
public interface IMemberManagement
{
    /// <summary>How long an invitation can be used.</summary>
    static readonly TimeSpan InvitationsLast = TimeSpan.FromDays(7);

    /// <summary>How long a reset link can be used.</summary>
    static readonly TimeSpan ResetLinksLast = TimeSpan.FromHours(24);

    /// <summary>Lists the members of the account and its open invitations.</summary>
    Task<Result<MemberRoster>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Lists the working API keys that a member made, for review when the member leaves. The caller must be allowed to view API keys too.</summary>
    Task<Result<CreatedKeys>> ListKeysOfAsync(SignedInMember who, MemberId id, CancellationToken ct);

    /// <summary>Creates a link with which one person can become a member, once, within <see cref="InvitationsLast"/>.</summary>
    /// <param name="who">The member who invites.</param>
    /// <param name="email">The address to invite, as it was typed.</param>
    /// <param name="role">The role of the new member.</param>
    Task<Result<NewInvitation>> InviteAsync(SignedInMember who, string? email, MemberRole role);

    /// <summary>Finds the member or open invitation that holds an address in the account, which explains why an invitation is refused.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="email">The address, as it was typed.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Result<AddressHolder>> FindHolderAsync(SignedInMember who, string? email, CancellationToken ct);

    /// <summary>Replaces an open invitation with a new one for the same address and role. The old link no longer works.</summary>
    Task<Result<NewInvitation>> RenewAsync(SignedInMember who, InvitationId id);

    /// <summary>Withdraws an invitation. Its link no longer works.</summary>
    Task<Result<Invitation>> WithdrawAsync(SignedInMember who, InvitationId id);

    /// <summary>Gives a member another role, which takes effect with the member's next call.</summary>
    Task<Result<ListedMember>> ChangeRoleAsync(SignedInMember who, MemberId id, MemberRole role);

    /// <summary>Disables a member and ends all sessions of the member.</summary>
    Task<Result<ListedMember>> DisableAsync(SignedInMember who, MemberId id);

    /// <summary>
    /// Creates a link with which a member who lost the password or the second factors can set up both again, once, within
    /// <see cref="ResetLinksLast"/>. All sessions of the member end at once, and earlier reset links no longer work. The old password and
    /// factors remain valid until the link is used.
    /// </summary>
    Task<Result<NewResetLink>> IssueResetLinkAsync(SignedInMember who, MemberId id);

    /// <summary>Enables a disabled member.</summary>
    Task<Result<ListedMember>> EnableAsync(SignedInMember who, MemberId id);

    /// <summary>Ends a member's lock after too many failures.</summary>
    Task<Result<ListedMember>> UnlockAsync(SignedInMember who, MemberId id);
}
