using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Decides which members may see and change subscriptions.</summary>
internal sealed class WebhookAccess(OperationGate gate, IAccountStore accounts)
{
    /// <summary>The audit trail's subject when no single subscription is meant.</summary>
    public const string AllWebhooks = "webhooks";

    public static readonly Refusal.NotFound NotFound = new("There is no such webhook endpoint.");

    /// <summary>The operation that a member must be allowed to change subscriptions of an environment.</summary>
    public static Operation ChangesOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? Operation.ManageProductionWebhooks : Operation.ManageSandboxWebhooks;

    /// <summary>Returns why a member may not perform an operation on a tenant's subscriptions; null when they may.</summary>
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
