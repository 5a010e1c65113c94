using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Someone as an identity provider knows them (OpenID Connect Core 5.7: issuer and subject together name a person, nothing else does).</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The person there.</param>
public sealed record ProviderIdentity(string Issuer, string Subject);

/// <summary>A session that a provider answers for, and what it is asked with.</summary>
/// <param name="Session">The session.</param>
/// <param name="Member">Whose it is, as they are now.</param>
/// <param name="Identity">Who that is at the provider.</param>
/// <param name="SealedRefreshToken">The refresh token, as it was sealed.</param>
/// <param name="RefreshAt">When the provider was to be asked.</param>
public sealed record ProviderGrant(SessionId Session, Member Member, ProviderIdentity Identity, byte[] SealedRefreshToken, DateTimeOffset RefreshAt);

/// <summary>Members who sign in at an identity provider. What changes one writes its audit entry in the same transaction.</summary>
public interface IProviderIdentityStore
{
    /// <summary>The member whom a provider knows so; null when there is none.</summary>
    Task<Member?> FindAsync(ProviderIdentity identity, CancellationToken ct);

    /// <summary>Makes a member whose second factor is the provider's.</summary>
    /// <param name="identity">Who it is at the provider.</param>
    /// <param name="account">The account.</param>
    /// <param name="role">The role.</param>
    /// <param name="member">The member. Of the credentials, the hash of a password that nobody knows.</param>
    /// <param name="entry">The entry, without actor and subject: they are the member's number, which is put in.</param>
    /// <returns>The member; null when somebody has the address, or the identity.</returns>
    Task<Member?> TryCreateAsync(ProviderIdentity identity, AccountId account, MemberRole role, NewMember member, AuditEntry entry);

    /// <summary>Makes a link by which someone joins with a second factor of the portal's.</summary>
    Task<OpaqueSecret> CreateLinkAsync(AccountId account, EmailAddress email, MemberRole role, DateTimeOffset expiresAt, AuditEntry entry);

    /// <summary>Notes who a member is at a provider.</summary>
    /// <returns>False when the member has another identity, or the identity another member.</returns>
    Task<bool> TryBindAsync(MemberId member, ProviderIdentity identity, AuditEntry entry);

    /// <summary>Gives a member the role that the provider says, but never takes the last owner away. What the old role gave and the new one does not is withdrawn.</summary>
    /// <returns>Whether the member has the role now.</returns>
    Task<bool> TryChangeRoleAsync(Member member, MemberRole role, AuditEntry entry);

    /// <summary>Keeps what the provider gave for a session that has just begun or was confirmed.</summary>
    Task KeepGrantAsync(OpaqueSecret session, byte[] sealedRefreshToken, DateTimeOffset refreshAt);

    /// <summary>Sessions that are alive and about which the provider is to be asked, the longest due first. Forgets what was kept for sessions that are over.</summary>
    Task<IReadOnlyList<ProviderGrant>> ListDueAsync(DateTimeOffset now, int limit);

    /// <summary>Keeps what the provider gave in place of what was kept before.</summary>
    Task RenewGrantAsync(SessionId session, byte[] sealedRefreshToken, DateTimeOffset refreshAt);

    /// <summary>Whether a provider answers for a session.</summary>
    Task<bool> IsGrantedAsync(SessionId session, CancellationToken ct);
}
