using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>The links that make members.</summary>
public interface IMemberLinkStore
{
    /// <summary>
    /// Makes a link for an owner of an account, for who holds the terminal of the service; those made so before and not used are
    /// worth nothing from then on.
    /// </summary>
    Task<OpaqueSecret> CreateOwnerLinkAsync(AccountId account, DateTimeOffset expiresAt, AuditEntry entry);

    /// <summary>The link that a secret opens, if it may still be used: an invitation only while who made it could make it now.</summary>
    Task<MemberLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>Makes a member, with everything that belongs to one, and uses up the link: all of it or nothing.</summary>
    /// <returns>The member; null when the link may not be used any more, or the address or passkey is someone's already.</returns>
    Task<Member?> TryCreateMemberAsync(OpaqueSecret link, NewMember member, DateTimeOffset now, AuditEntry entry);
}
