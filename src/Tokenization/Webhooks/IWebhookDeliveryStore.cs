using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The outbox from the side of those who empty it. Times are real, no matter what the clock of a sandbox shows.</summary>
internal interface IWebhookDeliveryStore
{
    /// <summary>How many pieces of work of any kind a commit has taken lately, on average: many where many callers wait at once.</summary>
    double WritesPerCommit { get; }

    /// <summary>The subscriptions for which something waits.</summary>
    Task<IReadOnlyList<long>> ListWaitingAsync(CancellationToken ct);

    /// <summary>Makes deliveries of events that a busy commit has left packed, the oldest first.</summary>
    /// <param name="limit">How many commits' events of a subscription to take.</param>
    /// <returns>How many there were: fewer than the limit where none are left.</returns>
    /// <exception cref="UnavailableException">The database cannot be written now.</exception>
    Task<int> UnpackAsync(int limit);

    /// <summary>What there is to do for a subscription; null where it was deleted, is disabled or paused. Sees all that was queued by writes that came before.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="now">What is due by then.</param>
    /// <param name="limit">How much of it to take.</param>
    /// <param name="held">What is passed over: it was taken before, and is not recorded yet. Not to be changed before the answer.</param>
    /// <exception cref="UnavailableException">The database cannot be used now.</exception>
    Task<WebhookWork?> TakeAsync(long subscription, DateTimeOffset now, int limit, IReadOnlySet<long> held);

    /// <summary>
    /// Records attempts of a subscription, in the order in which they ended, with what they mean: delivered; or to be tried again; or given up. Where nothing
    /// has succeeded since <paramref name="failingSince"/> the subscription is disabled, with the audit entry.
    /// </summary>
    /// <exception cref="UnavailableException">The database cannot be written now. Nothing was recorded.</exception>
    Task RecordAsync(StoredWebhook webhook, IReadOnlyList<EndedAttempt> attempts, DateTimeOffset failingSince, AuditEntry disabled);

    /// <summary>Drops deliveries with their attempts that were queued before an instant, and subscriptions that were deleted before it; some at a time.</summary>
    Task DropOlderThanAsync(DateTimeOffset instant, CancellationToken ct);
}
