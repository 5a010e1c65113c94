using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Whether a member can sign in.</summary>
public enum MemberStatus
{
    /// <summary>Yes.</summary>
    Active,

    /// <summary>Not for a while: there were too many failures.</summary>
    Locked,

    /// <summary>No: somebody shut the member out.</summary>
    Disabled,
}

/// <summary>A member as the people who answer for the account see them: what an access review asks for (PCI DSS 7.2.4).</summary>
public sealed record ListedMember
{
    /// <summary>Who.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The e-mail address, as it was written.</summary>
    public required string Email { get; init; }

    /// <summary>What the member is called.</summary>
    public required string Name { get; init; }

    /// <summary>What the member may do.</summary>
    public required MemberRole Role { get; init; }

    /// <summary>Whether the member can sign in.</summary>
    public required MemberStatus Status { get; init; }

    /// <summary>How many passkeys the member has.</summary>
    public required int Passkeys { get; init; }

    /// <summary>Whether the member has an authenticator app.</summary>
    public required bool HasAuthenticator { get; init; }

    /// <summary>Since when there is the member.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last full sign-in; null before the first.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }
}

/// <summary>An API key that works and that a member made: it goes on working when the member is disabled (PCI DSS 8.2.5).</summary>
/// <param name="Tenant">Whose data it reaches.</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
public sealed record CreatedKey(Tenant Tenant, long Id, string Name, string LastFour);

/// <summary>The API keys that work and that a member made.</summary>
/// <param name="Keys">The keys, oldest first.</param>
public sealed record CreatedKeys(IReadOnlyList<CreatedKey> Keys);

/// <summary>Names an invitation; not what opens it.</summary>
/// <param name="Value">Our own number for it.</param>
public readonly record struct InvitationId(long Value);

/// <summary>A link that still makes someone a member.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">The address it is for; null where its holder chooses.</param>
/// <param name="Role">The role it gives.</param>
/// <param name="InvitedBy">What the member is called who made it; null for the service itself or an operator.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
public sealed record Invitation(InvitationId Id, string? Email, MemberRole Role, string? InvitedBy, DateTimeOffset ExpiresAt);

/// <summary>An invitation with what opens it, which exists only here.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Secret">What the link carries.</param>
public sealed record NewInvitation(Invitation Invitation, OpaqueSecret Secret);

/// <summary>Who is in an account, and who may come.</summary>
/// <param name="Members">The members, by name.</param>
/// <param name="Invitations">The invitations that are open, newest first.</param>
public sealed record MemberRoster(IReadOnlyList<ListedMember> Members, IReadOnlyList<Invitation> Invitations);

/// <summary>Who or what has an e-mail address in an account.</summary>
/// <param name="Member">The member; null when there is none.</param>
/// <param name="Invitation">The open invitation; null when there is none.</param>
public sealed record AddressHolder(ListedMember? Member, Invitation? Invitation);
