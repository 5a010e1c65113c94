using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Subscriptions as members look after them. A role that does not allow it is <see cref="Refusal.Forbidden"/>, what wants a fresh proof
/// <see cref="Refusal.Unconfirmed"/>, an id of another location or environment <see cref="Refusal.NotFound"/>. Each change is in the audit trail.
/// </summary>
public interface IWebhookManagement
{
    /// <summary>Why a member must not change subscriptions of an environment now; null when they may.</summary>
    Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment);

    /// <summary>Why a member must not see a secret now that was made before; null when they may.</summary>
    Refusal? RefuseRevealing(SignedInMember who);

    /// <summary>The subscriptions of a place.</summary>
    Task<Result<WebhookEndpointList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>A subscription.</summary>
    Task<Result<WebhookEndpoint>> GetAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct);

    /// <summary>Subscribes. Refused by the same rules as <see cref="IWebhookService.CreateAsync"/>.</summary>
    Task<Result<MadeWebhook>> CreateAsync(SignedInMember who, Tenant tenant, WebhookDraft draft);

    /// <summary>Changes URL, description and events. A subscription that was disabled is enabled again; one that is paused stays so.</summary>
    Task<Result<WebhookEndpoint>> ChangeAsync(SignedInMember who, Tenant tenant, string id, WebhookDraft draft);

    /// <summary>Sends nothing from now on; what happens waits. What is under way ends.</summary>
    Task<Result<WebhookEndpoint>> PauseAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>Sends again, first what has waited; one that was disabled too.</summary>
    Task<Result<WebhookEndpoint>> ResumeAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>Sends the event <see cref="WebhookEvents.Test"/> by the way of all events. <see cref="Refusal.WrongState"/> where it is paused or disabled.</summary>
    Task<Result<WebhookEndpoint>> TestAsync(SignedInMember who, Tenant tenant, string id);

    /// <summary>Ends it for good. <see cref="Refusal.Invalid"/> unless its <see cref="WebhookEndpoint.Host"/> was typed.</summary>
    Task<Result<WebhookEndpoint>> DeleteAsync(SignedInMember who, Tenant tenant, string id, string? typedHost);

    /// <summary>Makes a secret.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose subscription.</param>
    /// <param name="id">Which.</param>
    /// <param name="newest">The newest secret that the member knew of. <see cref="Refusal.Conflict"/> where there is a newer one: a form that is sent twice makes one.</param>
    /// <param name="activate">Whether it signs at once; the one that did so signs beside it for <see cref="WebhookLimits.Overlap"/>.</param>
    Task<Result<WebhookSecret>> AddSecretAsync(SignedInMember who, Tenant tenant, string id, string? newest, bool activate);

    /// <summary>Shows the value of a secret, to those who have just proved who they are.</summary>
    Task<Result<WebhookSecret>> RevealSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);

    /// <summary>Makes a secret the one that signs, as <see cref="IWebhookService.ActivateSecretAsync"/> does.</summary>
    Task<Result<WebhookEndpoint>> ActivateSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);

    /// <summary>Deletes a secret, which signs nothing from now on. <see cref="Refusal.Conflict"/> for the active one.</summary>
    Task<Result<WebhookEndpoint>> DeleteSecretAsync(SignedInMember who, Tenant tenant, string id, string secretId);
}
