using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Which members may see and change subscriptions.</summary>
internal sealed class WebhookAccess(OperationGate gate, IAccountStore accounts)
{
    /// <summary>What the trail calls subscriptions where no single one is meant.</summary>
    public const string AllWebhooks = "webhooks";

    public static readonly Refusal.NotFound NotFound = new("There is no such webhook endpoint.");

    /// <summary>What anyone who changes subscriptions of an environment must be allowed to.</summary>
    public static Operation ChangesOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? Operation.ManageProductionWebhooks : Operation.ManageSandboxWebhooks;

    /// <summary>Why a member must not do something with a place's subscriptions, or null.</summary>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, Tenant tenant, string? subject = null)
    {
        if (await gate.RefuseAsync(who, operation, subject ?? AllWebhooks) is { } refusal)
        {
            return refusal;
        }

        var isOwn = tenant.Account == who.Account && (await accounts.ListLocationsAsync(who.Account, CancellationToken.None)).Any(location => location.Id == tenant.Location);
        return isOwn ? null : NotFound;
    }
}
