using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Decides whether a member may access a tenant's log.</summary>
internal sealed class RequestLogAccess(IAccountStore accounts, OperationGate gate)
{
    /// <summary>
    /// Returns why a member must not do something with a tenant's log: the role does not allow it, or the location belongs to another account (DESIGN D8).
    /// Null if the member may.
    /// </summary>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, Tenant tenant, CancellationToken ct) =>
        await gate.RefuseAsync(who, operation, $"location:{tenant.Location.Value}") is { } refusal ? refusal
        : tenant.Account == who.Account && (await accounts.ListLocationsAsync(who.Account, ct)).Any(location => location.Id == tenant.Location) ? null
        : new Refusal.NotFound("There is no such location.");
}
