using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A secret as it is stored.</summary>
/// <param name="RecordId">The internal id.</param>
/// <param name="Sealed">The sealed value.</param>
/// <param name="CreatedAt">When the secret was created.</param>
/// <param name="IsActive">Whether this is the active secret.</param>
/// <param name="SignsUntil">When a replaced secret stops signing together with the active one, in real time; null when it does not.</param>
internal sealed record StoredWebhookSecret(long RecordId, byte[] Sealed, DateTimeOffset CreatedAt, bool IsActive, DateTimeOffset? SignsUntil = null);

/// <summary>A subscription as it is stored.</summary>
internal sealed record StoredWebhook(
    long RecordId,
    Tenant Tenant,
    string Url,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> Events,
    IReadOnlyList<StoredWebhookSecret> Secrets)
{
    /// <summary>When it was disabled because nothing could be delivered; null while it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When somebody paused it; null while it is not paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The first failed attempt since the last success, or since it was enabled again; null when there is none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The kind of destination of its events.</summary>
    public WebhookKind Kind => WebhookUrls.KindOf(Url);
}

/// <summary>The outcome of a change of webhooks.</summary>
internal enum WebhookOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>The tenant has no such subscription or secret.</summary>
    NotFound,

    /// <summary>Another subscription of the tenant has the URL.</summary>
    UrlTaken,

    /// <summary>The limit on subscriptions or secrets is reached.</summary>
    TooMany,

    /// <summary>The secret is the active one.</summary>
    IsActive,

    /// <summary>The subscription is disabled.</summary>
    Disabled,
}

/// <summary>Stores subscriptions with their events and secrets. Each change writes its audit entry in the same transaction.</summary>
internal interface IWebhookStore
{
    /// <summary>Lists a tenant's subscriptions with their secrets, oldest first.</summary>
    Task<IReadOnlyList<StoredWebhook>> ListAsync(Tenant tenant, CancellationToken ct);

    Task<StoredWebhook?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    Task<WebhookOutcome> InsertAsync(StoredWebhook webhook, AuditEntry audit);

    /// <summary>Replaces the URL, description and events of a subscription, and enables it.</summary>
    Task<WebhookOutcome> UpdateAsync(StoredWebhook webhook, AuditEntry audit);

    /// <summary>Adds an entry to the audit trail for an action that changes nothing.</summary>
    Task RecordAsync(AuditEntry audit);

    /// <summary>Pauses a subscription at an instant, or resumes it when that is null. Resuming also enables it, and waiting events are sent.</summary>
    Task<WebhookOutcome> PauseAsync(Tenant tenant, long recordId, DateTimeOffset? at, AuditEntry audit);

    /// <summary>Queues a test event for a subscription, as the outbox queues other events.</summary>
    /// <param name="tenant">The owner of the subscription.</param>
    /// <param name="recordId">The internal id of the subscription.</param>
    /// <param name="at">When the test was requested, by the tenant's clock.</param>
    /// <param name="audit">The audit entry.</param>
    Task<WebhookOutcome> QueueTestAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    /// <summary>Deletes a subscription and destroys its secrets.</summary>
    Task<WebhookOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    Task<WebhookOutcome> InsertSecretAsync(Tenant tenant, long recordId, StoredWebhookSecret secret, AuditEntry audit);

    /// <summary>
    /// Makes a secret the active one. The previously active secret signs until <paramref name="overlapUntil"/>. Changes nothing when it is active already.
    /// </summary>
    Task<WebhookOutcome> ActivateSecretAsync(Tenant tenant, long recordId, long secretId, DateTimeOffset overlapUntil, AuditEntry audit);

    Task<WebhookOutcome> DeleteSecretAsync(Tenant tenant, long recordId, long secretId, AuditEntry audit);
}
