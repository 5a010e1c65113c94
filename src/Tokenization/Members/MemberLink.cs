using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A link with which one person becomes a member of an account, once: the one that the first start prints, or an invitation.</summary>
/// <param name="Account">The account.</param>
/// <param name="Email">The address of the new member; null when the holder of the link chooses one.</param>
/// <param name="Role">The role of the new member.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="InvitedBy">The member who made it; null for the service itself or an operator.</param>
public sealed record MemberLink(AccountId Account, string? Email, MemberRole Role, DateTimeOffset ExpiresAt, MemberId? InvitedBy);

/// <summary>A person who has completed every step of a set-up.</summary>
public sealed class NewMember
{
    /// <summary>The user handle of the member's passkeys.</summary>
    public required string Handle { get; init; }

    /// <summary>The e-mail address.</summary>
    public required EmailAddress Email { get; init; }

    /// <summary>The name of the member.</summary>
    public required string Name { get; init; }

    /// <summary>The password and the second factor.</summary>
    public required NewCredentials Credentials { get; init; }
}
