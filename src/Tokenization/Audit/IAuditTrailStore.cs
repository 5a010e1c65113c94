using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Stores the trail, as members read it.</summary>
internal interface IAuditTrailStore
{
    /// <summary>Lists the newest entries of an account that match a filter.</summary>
    Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, AuditFilter filter, int limit, CancellationToken ct);

    /// <summary>Adds an entry, unless the same actor has an entry with the same action since an instant.</summary>
    Task AppendUnlessRecentAsync(AuditEntry entry, DateTimeOffset since);
}
