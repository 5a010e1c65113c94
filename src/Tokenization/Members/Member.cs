using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>
/// A person with access to the portal: one member per person, in one account (PCI DSS 8.2.1, 8.2.2). A class, so that it does not print
/// its contents.
/// </summary>
public sealed class Member
{
    /// <summary>The id.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The WebAuthn user handle of the member's passkeys: random, and reveals nothing.</summary>
    public required string Handle { get; init; }

    /// <summary>The e-mail address, as it was written.</summary>
    public required string Email { get; init; }

    /// <summary>The name of the member.</summary>
    public required string Name { get; init; }

    /// <summary>The role, which says what the member may do.</summary>
    public required MemberRole Role { get; init; }

    /// <summary>Whether the member is disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The hashes of the previous passwords, newest first (PCI DSS 8.3.7).</summary>
    public IReadOnlyList<string> PasswordHistory { get; init; } = [];

    /// <summary>The sealed seed of the authenticator app; null when there is none.</summary>
    public byte[]? TotpSeed { get; init; }

    /// <summary>The end of the lock after too many failures; null when there was no lock.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The name of the time zone that the member chose; null for the zone of the browser.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When the member was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last full sign-in; null before the first.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }
}
