using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A link that makes someone a member of an account, once: the one that the first start prints, or an invitation.</summary>
/// <param name="Account">The account.</param>
/// <param name="Email">The address it is for; null where its holder chooses.</param>
/// <param name="Role">The role it gives.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
/// <param name="InvitedBy">Who made it; null for the service itself or an operator.</param>
public sealed record MemberLink(AccountId Account, string? Email, MemberRole Role, DateTimeOffset ExpiresAt, MemberId? InvitedBy);

/// <summary>Someone who has gone through every step of a set-up.</summary>
public sealed class NewMember
{
    /// <summary>By what passkeys know the member.</summary>
    public required string Handle { get; init; }

    /// <summary>The e-mail address.</summary>
    public required EmailAddress Email { get; init; }

    /// <summary>What the member is called.</summary>
    public required string Name { get; init; }

    /// <summary>The password and the second factor.</summary>
    public required NewCredentials Credentials { get; init; }
}
