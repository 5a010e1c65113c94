using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Checks whether a member may do something with a tenant's tokens.</summary>
internal sealed class TenantAccess(IAccountStore accounts, OperationGate gate)
{
    private static readonly Refusal.NotFound s_notFound = new("There is no such location.");

    /// <summary>
    /// Returns why a member must not do something with a tenant's tokens, or null: their role does not allow it, or the location is outside
    /// their account (DESIGN D8). A refusal because of the role is recorded, with the subject or otherwise the location.
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
