using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>A sandbox without faults, for parts that are tested without a vault.</summary>
internal sealed class NoFaults : ISandboxFaults
{
    public Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct) => Task.FromResult<ActiveFaults?>(null);

    public ValueTask<ActiveFaults?> PeekAsync(Tenant tenant) => default;

    public Task<Result<ActiveFaults>> SetAsync(Caller caller, FaultPlan plan, FaultSpan span) => throw new NotSupportedException();

    public Task ClearAsync(Caller caller) => throw new NotSupportedException();

    public Task<Result<ActiveFaults>> SetAsync(SignedInMember who, Tenant tenant, FaultPlan plan, FaultSpan span) => throw new NotSupportedException();

    public Task<Refusal?> ClearAsync(SignedInMember who, Tenant tenant) => throw new NotSupportedException();

    public ValueTask<DrawnFault> DrawAsync(Tenant tenant, FaultPlace place) => default;
}
