using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Whether a member can sign in.</summary>
public enum MemberStatus
{
    /// <summary>The member can sign in.</summary>
    Active,

    /// <summary>The member cannot sign in for a while, after too many failures.</summary>
    Locked,

    /// <summary>The member was disabled and cannot sign in.</summary>
    Disabled,
}

/// <summary>A member as shown to those who manage the account: the facts that an access review needs (PCI DSS 7.2.4).</summary>
public sealed record ListedMember
{
    /// <summary>The id of the member.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The e-mail address, as it was written.</summary>
    public required string Email { get; init; }

    /// <summary>The name of the member.</summary>
    public required string Name { get; init; }

    /// <summary>The role, which says what the member may do.</summary>
    public required MemberRole Role { get; init; }

    /// <summary>Whether the member can sign in.</summary>
    public required MemberStatus Status { get; init; }

    /// <summary>How many passkeys the member has.</summary>
    public required int Passkeys { get; init; }

    /// <summary>Whether the member has an authenticator app.</summary>
    public required bool HasAuthenticator { get; init; }

    /// <summary>When the member was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last full sign-in; null before the first.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }
}

/// <summary>A working API key that a member made. It continues to work when the member is disabled (PCI DSS 8.2.5).</summary>
/// <param name="Tenant">The tenant whose data it can access.</param>
/// <param name="Id">The id of the key.</param>
/// <param name="Name">The name of the key.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
public sealed record CreatedKey(Tenant Tenant, long Id, string Name, string LastFour);

/// <summary>The working API keys that a member made.</summary>
/// <param name="Keys">The keys, oldest first.</param>
public sealed record CreatedKeys(IReadOnlyList<CreatedKey> Keys);

/// <summary>Identifies an invitation; not the secret that opens it.</summary>
/// <param name="Value">Our internal number.</param>
public readonly record struct InvitationId(long Value);

/// <summary>An open invitation: a link with which a person can still become a member.</summary>
/// <param name="Id">The id of the invitation.</param>
/// <param name="Email">The address of the new member; null when the holder of the link chooses one.</param>
/// <param name="Role">The role of the new member.</param>
/// <param name="InvitedBy">The name of the member who made it; null for the service itself or an operator.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record Invitation(InvitationId Id, string? Email, MemberRole Role, string? InvitedBy, DateTimeOffset ExpiresAt);

/// <summary>An invitation with the secret that opens it, which exists only here.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Secret">The secret in the link.</param>
public sealed record NewInvitation(Invitation Invitation, OpaqueSecret Secret);

/// <summary>The members of an account, and those invited to it.</summary>
/// <param name="Members">The members, by name.</param>
/// <param name="Invitations">The open invitations, newest first.</param>
public sealed record MemberRoster(IReadOnlyList<ListedMember> Members, IReadOnlyList<Invitation> Invitations);

/// <summary>The member or open invitation that holds an e-mail address in an account.</summary>
/// <param name="Member">The member; null when there is none.</param>
/// <param name="Invitation">The open invitation; null when there is none.</param>
public sealed record AddressHolder(ListedMember? Member, Invitation? Invitation);
