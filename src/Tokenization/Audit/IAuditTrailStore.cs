using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>The trail as it is read by members.</summary>
internal interface IAuditTrailStore
{
    /// <summary>The newest entries of an account that pass a filter.</summary>
    Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, AuditFilter filter, int limit, CancellationToken ct);

    /// <summary>Adds an entry, unless the same actor has one of the same action since an instant.</summary>
    Task AppendUnlessRecentAsync(AuditEntry entry, DateTimeOffset since);
}
