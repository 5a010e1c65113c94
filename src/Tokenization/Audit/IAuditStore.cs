using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>The audit trail: entries are added and read, never changed.</summary>
internal interface IAuditStore : IAuditLog
{
    /// <summary>A page of an account's trail, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="subject">Only entries about this; null for all.</param>
    /// <param name="before">Only entries older than this one; null for the newest.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, string? subject, long? before, int limit, CancellationToken ct);
}
