using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// Who is in an account, and as what: for those who answer for it. Where an owner is concerned, or is made, only an owner may.
/// Nobody changes themselves, and the last owner who can sign in stays one.
/// </summary>
public interface IMemberManagement
{
    /// <summary>How long an invitation can be used.</summary>
    static readonly TimeSpan InvitationsLast = TimeSpan.FromDays(7);

    /// <summary>How long a reset link can be used.</summary>
    static readonly TimeSpan ResetLinksLast = TimeSpan.FromHours(24);

    /// <summary>The members of the account, and its open invitations.</summary>
    Task<Result<MemberRoster>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>The API keys that work and that a member made: to be reviewed when they leave. For those who may see keys too.</summary>
    Task<Result<CreatedKeys>> ListKeysOfAsync(SignedInMember who, MemberId id, CancellationToken ct);

    /// <summary>Makes a link by which one person becomes a member, once, within <see cref="InvitationsLast"/>.</summary>
    /// <param name="who">Who invites.</param>
    /// <param name="email">The address it is for, as it was typed.</param>
    /// <param name="role">The role it gives.</param>
    Task<Result<NewInvitation>> InviteAsync(SignedInMember who, string? email, MemberRole role);

    /// <summary>Who or what has an address in the account: what stands in the way of an invitation, and what to do about it.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="email">The address, as it was typed.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<AddressHolder>> FindHolderAsync(SignedInMember who, string? email, CancellationToken ct);

    /// <summary>Replaces an open invitation by a new one for the same address and role. The old link no longer works.</summary>
    Task<Result<NewInvitation>> RenewAsync(SignedInMember who, InvitationId id);

    /// <summary>Withdraws an invitation: its link no longer works.</summary>
    Task<Result<Invitation>> WithdrawAsync(SignedInMember who, InvitationId id);

    /// <summary>Gives a member another role, which counts from the member's next call on.</summary>
    Task<Result<ListedMember>> ChangeRoleAsync(SignedInMember who, MemberId id, MemberRole role);

    /// <summary>Shuts a member out, and ends all sessions of the member.</summary>
    Task<Result<ListedMember>> DisableAsync(SignedInMember who, MemberId id);

    /// <summary>
    /// Makes a link by which a member who lost the password or the second factors sets both up anew, once, within
    /// <see cref="ResetLinksLast"/>. All sessions of the member end at once, and earlier reset links no longer work. The old password and
    /// factors count until the link is used.
    /// </summary>
    Task<Result<NewResetLink>> IssueResetLinkAsync(SignedInMember who, MemberId id);

    /// <summary>Lets a member in again.</summary>
    Task<Result<ListedMember>> EnableAsync(SignedInMember who, MemberId id);

    /// <summary>Ends the lock that too many failures brought about.</summary>
    Task<Result<ListedMember>> UnlockAsync(SignedInMember who, MemberId id);
}
