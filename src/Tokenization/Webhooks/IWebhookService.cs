using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Subscriptions to events, and their secrets (dojo-domain.md §7.5). Returns <see cref="Refusal.NotFound"/> for an id of another location or environment.
/// </summary>
public interface IWebhookService
{
    /// <summary>Returns a tenant's subscriptions, oldest first.</summary>
    Task<IReadOnlyList<WebhookSubscription>> ListAsync(Tenant tenant, CancellationToken ct);

    /// <summary>
    /// Creates a subscription and its first secret. <see cref="Refusal.Invalid"/> when the URL is not an allowed target, <see cref="Refusal.Conflict"/>
    /// when the URL already has a subscription or the tenant has <see cref="WebhookLimits.Subscriptions"/> of them.
    /// </summary>
    Task<Result<WebhookSubscription>> CreateAsync(Caller caller, WebhookRequest request);

    /// <summary>Changes the members that the request contains. Enables a disabled subscription again. Refuses requests as <see cref="CreateAsync"/> does.</summary>
    Task<Result<WebhookSubscription>> UpdateAsync(Caller caller, string id, WebhookRequest request);

    /// <summary>Deletes a subscription. Nothing is sent to it any more, not even waiting events.</summary>
    /// <returns>The refusal; null when the subscription was deleted.</returns>
    Task<Refusal?> DeleteAsync(Caller caller, string id);

    /// <summary>Returns a tenant's subscription with its secrets.</summary>
    Task<Result<WebhookSubscription>> GetAsync(Tenant tenant, string id, CancellationToken ct);

    /// <summary>
    /// Creates a secret, which signs nothing until it is activated. <see cref="Refusal.Conflict"/> when there are <see cref="WebhookLimits.Secrets"/> already.
    /// </summary>
    /// <returns>The subscription with all its secrets.</returns>
    Task<Result<WebhookSubscription>> AddSecretAsync(Caller caller, string id);

    /// <summary>Makes a secret the active one. The previously active secret also signs for <see cref="WebhookLimits.Overlap"/>.</summary>
    /// <returns>The refusal; null when the secret is active.</returns>
    Task<Refusal?> ActivateSecretAsync(Caller caller, string id, string secretId);

    /// <summary>Deletes a secret, which then signs nothing. <see cref="Refusal.Conflict"/> for the active one.</summary>
    /// <returns>The refusal; null when the secret was deleted.</returns>
    Task<Refusal?> DeleteSecretAsync(Caller caller, string id, string secretId);
}

/// <summary>The limits of webhooks.</summary>
public static class WebhookLimits
{
    /// <summary>The most subscriptions of a location in one environment.</summary>
    public const int Subscriptions = 20;

    /// <summary>The most secrets of a subscription.</summary>
    public const int Secrets = 5;

    /// <summary>How long a replaced secret keeps signing together with its successor.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);
}
