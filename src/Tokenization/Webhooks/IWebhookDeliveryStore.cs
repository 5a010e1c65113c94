using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The outbox as its consumers see it. All times are real time, whatever the clock of a sandbox shows.</summary>
internal interface IWebhookDeliveryStore
{
    /// <summary>The recent average number of writes of any kind per commit. It is high while many callers wait at once.</summary>
    double WritesPerCommit { get; }

    /// <summary>Lists the subscriptions that have waiting deliveries and are neither paused nor disabled.</summary>
    Task<IReadOnlyList<long>> ListWaitingAsync(CancellationToken ct);

    /// <summary>Makes deliveries of the events that busy commits left packed, oldest first.</summary>
    /// <param name="limit">The most rows to unpack. A row holds the events of one commit for one subscription.</param>
    /// <returns>The number of rows found; fewer than the limit when none are left.</returns>
    /// <exception cref="UnavailableException">The database cannot be written to now.</exception>
    Task<int> UnpackAsync(int limit);

    /// <summary>
    /// Returns the work of a subscription, including everything that earlier writes have queued; null when it is deleted, disabled or paused.
    /// </summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="now">The current time: deliveries are due up to it.</param>
    /// <param name="limit">The most deliveries to take.</param>
    /// <param name="held">Deliveries to pass over, because they were taken before and are not recorded yet. Must not change until the task completes.</param>
    /// <exception cref="UnavailableException">The database cannot be used now.</exception>
    Task<WebhookWork?> TakeAsync(long subscription, DateTimeOffset now, int limit, IReadOnlySet<long> held);

    /// <summary>
    /// Records attempts of a subscription in the order in which they ended, and whether each delivery succeeded, is to be retried or was given up. Where nothing
    /// has succeeded since <paramref name="failingSince"/>, this also disables the subscription and writes the audit entry.
    /// </summary>
    /// <exception cref="UnavailableException">The database cannot be written to now. Nothing was recorded.</exception>
    Task RecordAsync(StoredWebhook webhook, IReadOnlyList<EndedAttempt> attempts, DateTimeOffset failingSince, AuditEntry disabled);

    /// <summary>Deletes, in batches, deliveries that were queued before an instant, with their attempts, and subscriptions that were deleted before it.</summary>
    Task DropOlderThanAsync(DateTimeOffset instant, CancellationToken ct);
}
