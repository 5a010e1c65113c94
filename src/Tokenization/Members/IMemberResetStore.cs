using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>The links by which members who lost their password or second factors get new ones. <see cref="IMemberManagement"/> issues them.</summary>
public interface IMemberResetStore
{
    /// <summary>
    /// The link that a secret opens, if it still works: not used, withdrawn or expired, for a member who is not disabled, and issued
    /// by a member who could issue it now.
    /// </summary>
    Task<ResetLink?> FindAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Replaces the password and every second factor and recovery code of the link's member, lifts a lock, ends all sessions of the
    /// member, and uses up the link: all of it or nothing.
    /// </summary>
    /// <param name="secret">The secret of the link.</param>
    /// <param name="credentials">What the member uses from now on.</param>
    /// <param name="now">When.</param>
    /// <param name="entry">What the trail says; the store fills in account, actor and subject.</param>
    /// <returns>The member; null when the link no longer works, or the passkey belongs to another member.</returns>
    Task<Member?> TryCompleteAsync(OpaqueSecret secret, NewCredentials credentials, DateTimeOffset now, AuditEntry entry);
}
