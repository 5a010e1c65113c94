using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A link that makes someone a member of an account, once: the one that the first start prints, or an invitation.</summary>
/// <param name="Account">The account.</param>
/// <param name="Email">The address it is for; null where whoever holds it chooses.</param>
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

    /// <summary>The hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The sealed seed of the authenticator app, where that is the second factor.</summary>
    public byte[]? TotpSeed { get; init; }

    /// <summary>The time step of the code that confirmed it, which is not taken again.</summary>
    public long TotpStep { get; init; }

    /// <summary>The passkey, where that is the second factor.</summary>
    public Passkey? Passkey { get; init; }

    /// <summary>The hashes of the recovery codes.</summary>
    public required IReadOnlyList<byte[]> RecoveryCodeHashes { get; init; }
}
