using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A delivery as it is stored, with its attempts, newest first.</summary>
internal sealed record StoredWebhookDelivery(ListedWebhookDelivery Delivery, byte[] Body, IReadOnlyList<ShownWebhookAttempt> Attempts);

/// <summary>Reads and replays past deliveries. Callers pass the internal ids of subscriptions that they have found for the tenant.</summary>
internal interface IWebhookHistoryStore
{
    /// <summary>Returns the health of a tenant's subscriptions, computed from the attempts since an instant.</summary>
    Task<IReadOnlyDictionary<long, WebhookHealth>> ReadHealthAsync(Tenant tenant, IReadOnlyList<long> subscriptions, DateTimeOffset since, CancellationToken ct);

    /// <summary>Lists the deliveries that pass a filter, newest first.</summary>
    Task<IReadOnlyList<ListedWebhookDelivery>> ListAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, long? before, int limit, CancellationToken ct);

    Task<StoredWebhookDelivery?> FindAsync(Tenant tenant, long subscription, long delivery, CancellationToken ct);

    /// <summary>Returns the number of deliveries that pass a filter, and the id of the newest; 0 when none passes.</summary>
    Task<(long Count, long Newest)> CountAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, CancellationToken ct);

    /// <summary>
    /// Makes the deliveries that pass a filter due at an instant, in batches, each with a new retry schedule. The first batch also writes the audit entry.
    /// </summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="filter">Selects the deliveries.</param>
    /// <param name="upTo">The id of the newest delivery to replay.</param>
    /// <param name="only">The id of a single delivery to replay; null for all that pass.</param>
    /// <param name="at">The instant.</param>
    /// <param name="audit">The audit entry.</param>
    /// <returns>The number of deliveries replayed.</returns>
    Task<long> ReplayAsync(long subscription, WebhookDeliveryFilter filter, long upTo, long? only, DateTimeOffset at, AuditEntry audit);
}
