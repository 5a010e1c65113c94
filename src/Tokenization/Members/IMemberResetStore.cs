using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the links with which members replace a lost password or second factor. <see cref="IMemberManagement"/> issues them.</summary>
public interface IMemberResetStore
{
    /// <summary>
    /// Finds the link that a secret opens, if it still works: not used, withdrawn or expired, for a member who is not disabled, and issued
    /// by a member who could still issue it.
    /// </summary>
    Task<ResetLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Replaces the password and every second factor and recovery code of the link's member, lifts a lock, ends all sessions of the
    /// member, and uses up the link, in one transaction.
    /// </summary>
    /// <param name="secret">The secret of the link.</param>
    /// <param name="credentials">The new credentials of the member.</param>
    /// <param name="now">The time.</param>
    /// <param name="entry">The audit entry; the store fills in account, actor and subject.</param>
    /// <returns>The member; null when the link no longer works, or the passkey belongs to another member.</returns>
    Task<Member?> TryCompleteAsync(OpaqueSecret secret, NewCredentials credentials, DateTimeOffset now, AuditEntry entry);
}
