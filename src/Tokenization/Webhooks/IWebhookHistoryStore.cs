using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>A delivery as it is stored, with its attempts, newest first.</summary>
internal sealed record StoredWebhookDelivery(ListedWebhookDelivery Delivery, byte[] Body, IReadOnlyList<ShownWebhookAttempt> Attempts);

/// <summary>What was sent, read by those who ask about it. Subscriptions are given as internal ids that were found for the tenant.</summary>
internal interface IWebhookHistoryStore
{
    /// <summary>How subscriptions of a tenant do, by what was sent since an instant.</summary>
    Task<IReadOnlyDictionary<long, WebhookHealth>> ReadHealthAsync(Tenant tenant, IReadOnlyList<long> subscriptions, DateTimeOffset since, CancellationToken ct);

    /// <summary>Deliveries that pass a filter, newest first.</summary>
    Task<IReadOnlyList<ListedWebhookDelivery>> ListAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, long? before, int limit, CancellationToken ct);

    Task<StoredWebhookDelivery?> FindAsync(Tenant tenant, long subscription, long delivery, CancellationToken ct);

    /// <summary>How many deliveries pass a filter, and the newest of them; 0 where none does.</summary>
    Task<(long Count, long Newest)> CountAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, CancellationToken ct);

    /// <summary>
    /// Makes deliveries due at an instant that pass a filter, some at a time, each with a schedule of its own from then on. The entry is written with the first.
    /// </summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="filter">Which.</param>
    /// <param name="upTo">The newest one.</param>
    /// <param name="only">One delivery alone; null for all that pass.</param>
    /// <param name="at">The instant.</param>
    /// <param name="audit">The entry.</param>
    /// <returns>How many.</returns>
    Task<long> ReplayAsync(long subscription, WebhookDeliveryFilter filter, long upTo, long? only, DateTimeOffset at, AuditEntry audit);
}
