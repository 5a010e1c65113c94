using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Subscriptions to events, and their secrets (dojo-domain.md §7.5). An id of another location or environment is <see cref="Refusal.NotFound"/>.</summary>
public interface IWebhookService
{
    /// <summary>A tenant's subscriptions, oldest first.</summary>
    Task<IReadOnlyList<WebhookSubscription>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>
    /// Subscribes, and makes the first secret. <see cref="Refusal.Invalid"/> for a target that nothing is sent to, <see cref="Refusal.Conflict"/>
    /// where the URL has a subscription already or there are <see cref="WebhookLimits.Subscriptions"/>.
    /// </summary>
    Task<Result<WebhookSubscription>> CreateAsync(Caller caller, WebhookRequest request);

    /// <summary>Changes what the request has. A subscription that was disabled is enabled again. Refused as <see cref="CreateAsync"/> is.</summary>
    Task<Result<WebhookSubscription>> UpdateAsync(Caller caller, string id, WebhookRequest request);

    /// <summary>Ends a subscription: nothing of it is sent any more, not even what waits.</summary>
    /// <returns>Why not; null when it was done.</returns>
    Task<Refusal?> DeleteAsync(Caller caller, string id);

    /// <summary>A tenant's subscription with its secrets.</summary>
    Task<Result<WebhookSubscription>> GetAsync(Tenant tenant, string id, CancellationToken ct);

    /// <summary>Makes a secret, which signs nothing until it is activated. <see cref="Refusal.Conflict"/> where there are <see cref="WebhookLimits.Secrets"/>.</summary>
    /// <returns>The subscription with all its secrets.</returns>
    Task<Result<WebhookSubscription>> AddSecretAsync(Caller caller, string id);

    /// <summary>Makes a secret the one that signs. The one that was signs beside it for <see cref="WebhookLimits.Overlap"/>.</summary>
    /// <returns>Why not; null when it is active.</returns>
    Task<Refusal?> ActivateSecretAsync(Caller caller, string id, string secretId);

    /// <summary>Deletes a secret, which signs nothing from now on. <see cref="Refusal.Conflict"/> for the active one.</summary>
    /// <returns>Why not; null when it was done.</returns>
    Task<Refusal?> DeleteSecretAsync(Caller caller, string id, string secretId);
}

/// <summary>How much there may be of webhooks.</summary>
public static class WebhookLimits
{
    /// <summary>Subscriptions of a location in one environment.</summary>
    public const int Subscriptions = 20;

    /// <summary>Secrets of a subscription.</summary>
    public const int Secrets = 5;

    /// <summary>How long a secret that was replaced signs beside its successor.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);
}
