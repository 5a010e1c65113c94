using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Deletes deliveries that were queued, and subscriptions that were deleted, longer ago than <see cref="KeptFor"/>.</summary>
internal sealed class WebhookRetention(IWebhookDeliveryStore store, TimeProvider clock) : IBackgroundJob
{
    /// <summary>How long deliveries and their attempts are kept.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public TimeSpan? Pause => TimeSpan.FromHours(1);

    public Task RunOnceAsync(CancellationToken ct) => store.DropOlderThanAsync(clock.GetUtcNow() - KeptFor, ct);
}
