using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the links with which people become members.</summary>
public interface IMemberLinkStore
{
    /// <summary>
    /// Creates a link that makes its holder an owner of an account, for the operator at the terminal of the service. Withdraws the unused
    /// links to the account that no member made.
    /// </summary>
    Task<OpaqueSecret> CreateOwnerLinkAsync(AccountId account, DateTimeOffset expiresAt, AuditEntry entry);

    /// <summary>Finds the link that a secret opens, if it can still be used: an invitation only while the member who made it could still make it.</summary>
    Task<MemberLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>Creates a member with their credentials and uses up the link, in one transaction.</summary>
    /// <returns>The member; null when the link can no longer be used, or the address or passkey already belongs to a member.</returns>
    Task<Member?> TryCreateMemberAsync(OpaqueSecret link, NewMember member, DateTimeOffset now, AuditEntry entry);
}
