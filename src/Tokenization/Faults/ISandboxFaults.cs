using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>
/// Faults that somebody wants in a sandbox, to see how an integration takes them. They are a location's, end by themselves, and are in the audit
/// trail when they begin and end. Production has none.
/// </summary>
public interface ISandboxFaults
{
    /// <summary>The faults of a sandbox; null where nothing goes wrong on purpose.</summary>
    Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>The same as it was a moment ago, for what looks again and again.</summary>
    ValueTask<ActiveFaults?> PeekAsync(Tenant tenant);

    /// <summary>Sets the faults of the caller's sandbox, in place of those that it has.</summary>
    /// <returns>The faults, or <see cref="Refusal.Invalid"/>.</returns>
    Task<Result<ActiveFaults>> SetAsync(Caller caller, FaultPlan plan, FaultSpan span);

    /// <summary>Ends the faults of the caller's sandbox, if there are any.</summary>
    Task ClearAsync(Caller caller);

    /// <summary>Sets the faults of a sandbox for a member.</summary>
    Task<Result<ActiveFaults>> SetAsync(SignedInMember who, Tenant tenant, FaultPlan plan, FaultSpan span);

    /// <summary>Ends the faults of a sandbox for a member.</summary>
    Task<Refusal?> ClearAsync(SignedInMember who, Tenant tenant);

    /// <summary>Counts a request, attempt or delivery, and draws what goes wrong with it. In production nothing ever does.</summary>
    ValueTask<DrawnFault> DrawAsync(Tenant tenant, FaultPlace place);
}
