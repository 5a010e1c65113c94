using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A link that resets a member's access, with the secret that opens it, which exists only here.</summary>
/// <param name="Member">The member whose access it resets.</param>
/// <param name="Secret">The secret in the link.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record NewResetLink(ListedMember Member, OpaqueSecret Secret, DateTimeOffset ExpiresAt);

/// <summary>A reset link that still works, as its holder sees it.</summary>
/// <param name="Member">The member whose access it resets.</param>
/// <param name="Account">The member's account.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record ResetLink(MemberId Member, AccountId Account, DateTimeOffset ExpiresAt);

/// <summary>The password and second factor of a new member, or those that replace a member's. A class, so that it does not print its contents.</summary>
public sealed class NewCredentials
{
    /// <summary>The hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The sealed seed of the authenticator app; null when that is not the second factor.</summary>
    public byte[]? TotpSeed { get; init; }

    /// <summary>The time step of the code that confirmed the app; this code is not accepted again.</summary>
    public long TotpStep { get; init; }

    /// <summary>The passkey; null when that is not the second factor.</summary>
    public Passkey? Passkey { get; init; }

    /// <summary>The hashes of the recovery codes.</summary>
    public required IReadOnlyList<byte[]> RecoveryCodeHashes { get; init; }
}
