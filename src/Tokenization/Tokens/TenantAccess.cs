using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Whether a member's account has a location: what is another's is never said to exist (DESIGN D8).</summary>
internal static class TenantAccess
{
    public static Refusal.NotFound NotFound { get; } = new("There is no such location.");

    public static async Task<bool> IsOfAsync(IAccountStore accounts, SignedInMember who, Tenant tenant, CancellationToken ct) =>
        tenant.Account == who.Account && (await accounts.ListLocationsAsync(who.Account, ct)).Any(location => location.Id == tenant.Location);
}
