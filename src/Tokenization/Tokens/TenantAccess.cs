using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>What is asked before anything is done for a member.</summary>
internal sealed class TenantAccess(IAccountStore accounts, OperationGate gate)
{
    private static readonly Refusal.NotFound s_notFound = new("There is no such location.");

    /// <summary>
    /// Why a member must not do something with a tenant's tokens, or null: their role, or the location is not of their account (DESIGN
    /// D8). A role that does not allow it leaves a trace, of the subject or else of the location.
    /// </summary>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, Tenant tenant, CancellationToken ct, string? subject = null)
    {
        if (await gate.RefuseAsync(who, operation, subject ?? $"location:{tenant.Location.Value}") is { } refusal)
        {
            return refusal;
        }

        var isOfHis = tenant.Account == who.Account
            && (await accounts.ListLocationsAsync(who.Account, ct)).Any(location => location.Id == tenant.Location);
        return isOfHis ? null : s_notFound;
    }
}
