using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A person's identity at an identity provider. Only issuer and subject together identify a person (OpenID Connect Core 5.7).</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The person at the provider.</param>
public sealed record ProviderIdentity(string Issuer, string Subject);

/// <summary>A session that depends on an identity provider, and the refresh token with which to ask the provider about it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Member">The member of the session, in the current state.</param>
/// <param name="Identity">The member's identity at the provider.</param>
/// <param name="SealedRefreshToken">The sealed refresh token.</param>
/// <param name="RefreshAt">When asking the provider was due.</param>
public sealed record ProviderGrant(SessionId Session, Member Member, ProviderIdentity Identity, byte[] SealedRefreshToken, DateTimeOffset RefreshAt);

/// <summary>Stores members who sign in at an identity provider. A method that takes an audit entry writes it in the transaction of the change.</summary>
public interface IProviderIdentityStore
{
    /// <summary>Finds the member with an identity; null when there is none.</summary>
    Task<Member?> FindAsync(ProviderIdentity identity, CancellationToken ct);

    /// <summary>Creates a member whose second factor is checked by the provider.</summary>
    /// <param name="identity">The member's identity at the provider.</param>
    /// <param name="account">The account.</param>
    /// <param name="role">The role.</param>
    /// <param name="member">The member. Of the credentials, only the password hash is stored, of a password that nobody knows.</param>
    /// <param name="entry">The audit entry; the store fills in actor and subject, which name the new member.</param>
    /// <returns>The member; null when the address or the identity already belongs to a member.</returns>
    Task<Member?> TryCreateAsync(ProviderIdentity identity, AccountId account, MemberRole role, NewMember member, AuditEntry entry);

    /// <summary>Creates a link with which a person joins with a second factor of the portal.</summary>
    Task<OpaqueSecret> CreateLinkAsync(AccountId account, EmailAddress email, MemberRole role, DateTimeOffset expiresAt, AuditEntry entry);

    /// <summary>Binds a member to an identity at a provider.</summary>
    /// <returns>False when the member or the identity is already bound.</returns>
    Task<bool> TryBindAsync(MemberId member, ProviderIdentity identity, AuditEntry entry);

    /// <summary>
    /// Gives a member the role that the provider reports, unless the member is the last owner. Withdraws the member's invitations to roles
    /// that the new role may not give, and the reset links for and by the member.
    /// </summary>
    /// <returns>Whether the member has the role now.</returns>
    Task<bool> TryChangeRoleAsync(Member member, MemberRole role, AuditEntry entry);

    /// <summary>Stores the refresh token of a session that has just begun or was just confirmed.</summary>
    Task KeepGrantAsync(OpaqueSecret session, byte[] sealedRefreshToken, DateTimeOffset refreshAt);

    /// <summary>Lists the live sessions about which asking the provider is due, the longest overdue first. Deletes the grants of sessions that are over.</summary>
    Task<IReadOnlyList<ProviderGrant>> ListDueAsync(DateTimeOffset now, int limit);

    /// <summary>Replaces the refresh token of a session.</summary>
    Task RenewGrantAsync(SessionId session, byte[] sealedRefreshToken, DateTimeOffset refreshAt);

    /// <summary>Whether a session depends on an identity provider.</summary>
    Task<bool> IsGrantedAsync(SessionId session, CancellationToken ct);
}
