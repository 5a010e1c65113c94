using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>What is asked before the log of a tenant is opened for a member.</summary>
internal sealed class RequestLogAccess(IAccountStore accounts, OperationGate gate)
{
    /// <summary>Why a member must not do something with a tenant's log, or null: their role, or the location is not of their account (DESIGN D8).</summary>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, Tenant tenant, CancellationToken ct) =>
        await gate.RefuseAsync(who, operation, $"location:{tenant.Location.Value}") is { } refusal ? refusal
        : tenant.Account == who.Account && (await accounts.ListLocationsAsync(who.Account, ct)).Any(location => location.Id == tenant.Location) ? null
        : new Refusal.NotFound("There is no such location.");
}
