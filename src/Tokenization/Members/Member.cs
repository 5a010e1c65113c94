using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A person with access to the portal: one person, one member, of one account (PCI DSS 8.2.1, 8.2.2). A class, so that it does not print what it holds.</summary>
public sealed class Member
{
    /// <summary>Its id.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>By what passkeys know the member: random, and tells nothing (WebAuthn, user handle).</summary>
    public required string Handle { get; init; }

    /// <summary>The e-mail address, as it was written.</summary>
    public required string Email { get; init; }

    /// <summary>What the member is called.</summary>
    public required string Name { get; init; }

    /// <summary>What the member may do.</summary>
    public required MemberRole Role { get; init; }

    /// <summary>Whether the member was shut out.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The hashes of the passwords before it, newest first (PCI DSS 8.3.7).</summary>
    public IReadOnlyList<string> PasswordHistory { get; init; } = [];

    /// <summary>The sealed seed of the authenticator app; null when there is none.</summary>
    public byte[]? TotpSeed { get; init; }

    /// <summary>Until when nothing is accepted, after too many failures.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The name of the time zone that the member chose; null for that of the browser.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When the member was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last full sign-in.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }
}
