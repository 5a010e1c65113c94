using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>
/// Injects faults into a sandbox, to test how an integration handles them. They apply to a location, end by themselves, and are recorded in the audit
/// trail when they begin and end. Production has none.
/// </summary>
public interface ISandboxFaults
{
    /// <summary>Finds the faults of a sandbox; null if it has none.</summary>
    Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Finds the faults of a sandbox in a cache that may be a few seconds old, for callers that check often.</summary>
    ValueTask<ActiveFaults?> PeekAsync(Tenant tenant);

    /// <summary>Sets the faults of the caller's sandbox, replacing earlier ones.</summary>
    /// <returns>The faults, or <see cref="Refusal.Invalid"/>.</returns>
    Task<Result<ActiveFaults>> SetAsync(Caller caller, FaultPlan plan, FaultSpan span);

    /// <summary>Ends the faults of the caller's sandbox, if there are any.</summary>
    Task ClearAsync(Caller caller);

    /// <summary>Sets the faults of a sandbox for a member.</summary>
    Task<Result<ActiveFaults>> SetAsync(SignedInMember who, Tenant tenant, FaultPlan plan, FaultSpan span);

    /// <summary>Ends the faults of a sandbox for a member.</summary>
    Task<Refusal?> ClearAsync(SignedInMember who, Tenant tenant);

    /// <summary>Counts a request, attempt or delivery, and draws its fault. In production there is never one.</summary>
    ValueTask<DrawnFault> DrawAsync(Tenant tenant, FaultPlace place);
}
