using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>The faults of sandboxes. Each change and the entry that says so are one transaction.</summary>
internal interface IFaultStore
{
    /// <summary>The faults of a sandbox, also when their time is over.</summary>
    Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Sets them in place of those before.</summary>
    Task SetAsync(Tenant tenant, ActiveFaults faults, AuditEntry entry);

    /// <summary>Ends them.</summary>
    /// <returns>Whether there were any.</returns>
    Task<bool> ClearAsync(Tenant tenant, AuditEntry entry);

    /// <summary>Counts one that is met where numbers decide. With the last one of all places they end.</summary>
    /// <returns>False where there is none left.</returns>
    Task<bool> TryTakeAsync(Tenant tenant, FaultPlace place, AuditEntry ended);

    /// <summary>The sandboxes whose faults' time is over.</summary>
    Task<IReadOnlyList<Tenant>> ListOverAsync(DateTimeOffset now, CancellationToken ct);
}
