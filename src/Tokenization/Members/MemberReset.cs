using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A link that resets a member's access, with what opens it, which exists only here.</summary>
/// <param name="Member">Whose access it resets.</param>
/// <param name="Secret">What the link carries.</param>
/// <param name="ExpiresAt">From when on it no longer works.</param>
public sealed record NewResetLink(ListedMember Member, OpaqueSecret Secret, DateTimeOffset ExpiresAt);

/// <summary>A reset link that still works, as its holder meets it.</summary>
/// <param name="Member">Whose access it resets.</param>
/// <param name="Account">The member's account.</param>
/// <param name="ExpiresAt">From when on it no longer works.</param>
public sealed record ResetLink(MemberId Member, AccountId Account, DateTimeOffset ExpiresAt);

/// <summary>A password and a second factor: a new member's, or those that replace a member's. A class, so that it does not print what it holds.</summary>
public sealed class NewCredentials
{
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
