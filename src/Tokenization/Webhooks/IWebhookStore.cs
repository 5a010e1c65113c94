using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A secret as it is stored.</summary>
/// <param name="RecordId">Its internal id.</param>
/// <param name="Sealed">Its value, sealed.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="IsActive">Whether it signs.</param>
/// <param name="SignsUntil">Until when it signs beside the active one, in real time; null for not at all.</param>
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
    /// <summary>Since when it is disabled because nothing could be delivered; null while it is not.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Since when it is paused because somebody wants it so; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The first failure since something was delivered last; null where that succeeded, or nothing was sent.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Where its events go.</summary>
    public WebhookKind Kind => WebhookUrls.KindOf(Url);
}

/// <summary>What became of a change of webhooks.</summary>
internal enum WebhookOutcome
{
    /// <summary>It is made.</summary>
    Done,

    /// <summary>There is no such thing of this tenant.</summary>
    NotFound,

    /// <summary>Another subscription of the tenant has the URL.</summary>
    UrlTaken,

    /// <summary>There are as many as there may be.</summary>
    TooMany,

    /// <summary>It is the active secret.</summary>
    IsActive,

    /// <summary>The subscription is disabled.</summary>
    Disabled,
}

/// <summary>Subscriptions with their events and secrets. Each change writes its audit entry in its transaction.</summary>
internal interface IWebhookStore
{
    /// <summary>A tenant's subscriptions, oldest first, secrets and all.</summary>
    Task<IReadOnlyList<StoredWebhook>> ListAsync(Tenant tenant, CancellationToken ct);

    Task<StoredWebhook?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    Task<WebhookOutcome> InsertAsync(StoredWebhook webhook, AuditEntry audit);

    /// <summary>Replaces URL, description and events, and enables it.</summary>
    Task<WebhookOutcome> UpdateAsync(StoredWebhook webhook, AuditEntry audit);

    /// <summary>Adds an entry to the trail for something that changes nothing.</summary>
    Task RecordAsync(AuditEntry audit);

    /// <summary>Pauses it at an instant, or lets it go on where that is null; then it is also enabled, and what waits is sent.</summary>
    Task<WebhookOutcome> PauseAsync(Tenant tenant, long recordId, DateTimeOffset? at, AuditEntry audit);

    /// <summary>Queues a test for it, as the outbox queues events.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="recordId">Which.</param>
    /// <param name="at">When it was asked for, by the tenant's clock.</param>
    /// <param name="audit">The entry.</param>
    Task<WebhookOutcome> QueueTestAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    /// <summary>Ends it, and destroys its secrets.</summary>
    Task<WebhookOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit);

    Task<WebhookOutcome> InsertSecretAsync(Tenant tenant, long recordId, StoredWebhookSecret secret, AuditEntry audit);

    /// <summary>Makes a secret the active one; the one that was signs until <paramref name="overlapUntil"/>. Changes nothing where it is active.</summary>
    Task<WebhookOutcome> ActivateSecretAsync(Tenant tenant, long recordId, long secretId, DateTimeOffset overlapUntil, AuditEntry audit);

    Task<WebhookOutcome> DeleteSecretAsync(Tenant tenant, long recordId, long secretId, AuditEntry audit);
}
