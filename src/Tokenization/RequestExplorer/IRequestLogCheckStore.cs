using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Reads the stored text of the log, for a check that searches it for what must not be there, and stores the results of such checks.</summary>
internal interface IRequestLogCheckStore
{
    /// <summary>Scans the texts of some of a tenant's entries, exactly as they are stored.</summary>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="after">The number of the last entry already scanned; 0 to begin with the first.</param>
    /// <param name="rows">The most rows of the log to advance by, counting those of all tenants.</param>
    /// <param name="holds">Whether a text holds what the check searches for.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<ScannedEntries> ScanAsync(Tenant tenant, long after, int rows, Func<string, bool> holds, CancellationToken ct);

    /// <summary>Stores a result.</summary>
    Task AddAsync(Tenant tenant, RequestLogCheckResult result, string actor);

    /// <summary>Lists the stored results, newest first.</summary>
    Task<IReadOnlyList<RequestLogCheckResult>> ListAsync(Tenant tenant, int limit, CancellationToken ct);
}

/// <summary>The result of one scan.</summary>
/// <param name="Last">The number of the last row scanned; null at the end of the log.</param>
/// <param name="Entries">The number of scanned entries that belong to the tenant.</param>
/// <param name="Found">The number of those that hold what the check searches for.</param>
internal sealed record ScannedEntries(long? Last, long Entries, long Found);
