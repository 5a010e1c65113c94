using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The outbox from the side of those who empty it. Times are real, no matter what the clock of a sandbox shows.</summary>
internal interface IWebhookDeliveryStore
{
    /// <summary>The subscriptions for which something waits.</summary>
    Task<IReadOnlyList<long>> ListWaitingAsync(CancellationToken ct);

    /// <summary>What there is to do for a subscription; null where it was deleted or is disabled. Sees all that was queued by writes that came before.</summary>
    /// <exception cref="UnavailableException">The database cannot be used now.</exception>
    Task<WebhookWork?> TakeAsync(long subscription, DateTimeOffset now, int limit);

    /// <summary>
    /// Records an attempt with what it means: delivered; or to be tried again at <paramref name="nextAt"/>; or given up, where that is null. Where nothing has
    /// succeeded since <paramref name="failingSince"/> the subscription is disabled, with the audit entry.
    /// </summary>
    /// <returns>Whether it disabled the subscription.</returns>
    /// <exception cref="UnavailableException">The database cannot be written now.</exception>
    Task<bool> RecordAsync(StoredWebhook webhook, WebhookDelivery delivery, WebhookAttempt attempt, DateTimeOffset? nextAt, DateTimeOffset failingSince, AuditEntry disabled);

    /// <summary>Drops deliveries with their attempts that were queued before an instant, and subscriptions that were deleted before it; some at a time.</summary>
    Task DropOlderThanAsync(DateTimeOffset instant, CancellationToken ct);
}
