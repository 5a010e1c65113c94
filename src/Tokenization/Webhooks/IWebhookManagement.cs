using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Manages subscriptions for members. Returns <see cref="Refusal.Forbidden"/> when the member's role does not allow the operation,
/// <see cref="Refusal.Unconfirmed"/> when it needs a fresh proof of identity, and <see cref="Refusal.NotFound"/> for an id of another location or
/// environment. Every change is in the audit trail.
/// </summary>
public interface IWebhookManagement
{
    /// <summary>Returns why a member may not change subscriptions of an environment now; null when they may.</summary>
    Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment);

    /// <summary>Returns why a member may not see the value of an existing secret now; null when they may.</summary>
    Refusal? RefuseRevealing(SignedInMember who);

    /// <summary>Returns the subscriptions of a tenant.</summary>
    Task<Result<WebhookEndpointList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Returns a subscription.</summary>
    Task<Result<WebhookEndpoint>> GetAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>Creates a subscription. Refuses requests by the same rules as <see cref="IWebhookService.CreateAsync"/>.</summary>
    Task<Result<MadeWebhook>> CreateAsync(SignedInMember who, Tenant tenant, WebhookDraft draft);

    /// <summary>Changes the URL, description and events. Enables a disabled subscription again; a paused one stays paused.</summary>
    Task<Result<WebhookEndpoint>> ChangeAsync(SignedInMember who, Tenant tenant, string id, WebhookDraft draft);

    /// <summary>Pauses a subscription: new events wait. Attempts in flight finish.</summary>
    Task<Result<WebhookEndpoint>> PauseAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>Resumes a paused or disabled subscription. Waiting events are sent first.</summary>
    Task<Result<WebhookEndpoint>> ResumeAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>
    /// Queues the event <see cref="WebhookEvents.Test"/> like any other event. <see cref="Refusal.WrongState"/> when the subscription is paused or disabled.
    /// </summary>
    Task<Result<WebhookEndpoint>> TestAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>Deletes a subscription for good. <see cref="Refusal.Invalid"/> unless <paramref name="typedHost"/> is its <see cref="WebhookEndpoint.Host"/>.</summary>
    Task<Result<WebhookEndpoint>> DeleteAsync(SignedInMember who, Tenant tenant, string id, string? typedHost);

    /// <summary>Creates a secret.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The owner of the subscription.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="newest">
    /// The id of the newest secret that the member saw. <see cref="Refusal.Conflict"/> when there is a newer one, so that a form sent twice creates one secret.
    /// </param>
    /// <param name="activate">Whether the new secret signs at once. The previously active secret also signs for <see cref="WebhookLimits.Overlap"/>.</param>
    Task<Result<WebhookSecret>> AddSecretAsync(SignedInMember who, Tenant tenant, string id, string? newest, bool activate);

    /// <summary>Returns a secret with its value, to a member who has just proved their identity.</summary>
    Task<Result<WebhookSecret>> RevealSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);

    /// <summary>Makes a secret the active one, as <see cref="IWebhookService.ActivateSecretAsync"/> does.</summary>
    Task<Result<WebhookEndpoint>> ActivateSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);

    /// <summary>Deletes a secret, which then signs nothing. <see cref="Refusal.Conflict"/> for the active one.</summary>
    Task<Result<WebhookEndpoint>> DeleteSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);
}
