using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Stores the audit trail. Entries are added and read, never changed.</summary>
internal interface IAuditStore : IAuditLog
{
    /// <summary>Lists a page of an account's trail, newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">Only entries about this subject; null for all.</param>
    /// <param name="before">Only entries older than the one with this id; null for the newest.</param>
    /// <param name="limit">The most entries to return.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, string? subject, long? before, int limit, CancellationToken ct);
}
