using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>The stored text of the log, for who looks for what must not be in it; and what they found.</summary>
internal interface IRequestLogCheckStore
{
    /// <summary>Looks at the texts of some of a tenant's entries, exactly as they are stored.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="after">The last entry before them; 0 for the first.</param>
    /// <param name="rows">How many rows of the log to go on by at most, of all tenants.</param>
    /// <param name="holds">Whether a text holds what is looked for.</param>
    /// <param name="ct">Cancels.</param>
    Task<ScannedEntries> ScanAsync(Tenant tenant, long after, int rows, Func<string, bool> holds, CancellationToken ct);

    /// <summary>Keeps a result.</summary>
    Task AddAsync(Tenant tenant, RequestLogCheckResult result, string actor);

    /// <summary>The results that were kept, newest first.</summary>
    Task<IReadOnlyList<RequestLogCheckResult>> ListAsync(Tenant tenant, int limit, CancellationToken ct);
}

/// <summary>What was read.</summary>
/// <param name="Last">How far it went; null when there are no more.</param>
/// <param name="Entries">How many were the tenant's.</param>
/// <param name="Found">In how many of these was what is looked for.</param>
internal sealed record ScannedEntries(long? Last, long Entries, long Found);
