using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>Stores the faults of sandboxes. Each change and its audit entry are one transaction.</summary>
internal interface IFaultStore
{
    /// <summary>Finds the faults of a sandbox, even if their time is over.</summary>
    Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Sets the faults of a sandbox, replacing earlier ones.</summary>
    Task SetAsync(Tenant tenant, ActiveFaults faults, AuditEntry entry);

    /// <summary>Ends the faults of a sandbox.</summary>
    /// <returns>Whether there were any.</returns>
    Task<bool> ClearAsync(Tenant tenant, AuditEntry entry);

    /// <summary>Counts one affected operation of faults that are limited by number. The faults end with the last operation of all sorts.</summary>
    /// <returns>False if none was left.</returns>
    Task<bool> TryTakeAsync(Tenant tenant, FaultPlace place, AuditEntry ended);

    /// <summary>Lists the sandboxes whose faults have reached their end time.</summary>
    Task<IReadOnlyList<Tenant>> ListOverAsync(DateTimeOffset now, CancellationToken ct);
}
