using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Records the outcomes of the attempts of one subscription. While it writes a batch, the next one collects, so that many outcomes share a transaction and
/// a single one is written at once.
/// </summary>
internal sealed class WebhookRecorder(long subscription, IWebhookDeliveryStore store, WebhookIds ids, WebhookFeed feed, TimeProvider clock, Action recorded)
{
    private const int MostAtOnce = 64;

    private static readonly TimeSpan s_afterOutage = TimeSpan.FromSeconds(1);

    private readonly Channel<(StoredWebhook Webhook, EndedAttempt Attempt)> _ended =
        Channel.CreateUnbounded<(StoredWebhook, EndedAttempt)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentQueue<EndedAttempt> _recorded = new();

    /// <summary>Adds an attempt that has ended.</summary>
    public void Add(StoredWebhook webhook, WebhookDelivery delivery, WebhookAttempt attempt)
    {
        DateTimeOffset? nextAt = attempt.Succeeded ? null : clock.GetUtcNow() + WebhookSchedule.PauseAfter(delivery.Attempts + 1, attempt.RetryAfter);
        _ended.Writer.TryWrite((webhook, new EndedAttempt(delivery, attempt, nextAt)));
    }

    /// <summary>Declares that no more attempts are added.</summary>
    /// <param name="fault">The fault with which <see cref="RunAsync"/> ends; null for none.</param>
    public void Complete(Exception? fault = null) => _ended.Writer.TryComplete(fault);

    /// <summary>Takes the next recorded attempt, if there is one.</summary>
    public bool TryTake([MaybeNullWhen(false)] out EndedAttempt attempt) => _recorded.TryDequeue(out attempt);

    /// <summary>Records the added attempts until <see cref="Complete"/> is called.</summary>
    /// <param name="abort">Cancels. Events whose attempts are not recorded by then are sent again.</param>
    public async Task RunAsync(CancellationToken abort)
    {
        var batch = new List<EndedAttempt>();
        while (await _ended.Reader.WaitToReadAsync(abort))
        {
            batch.Clear();
            StoredWebhook? webhook = null;
            while (batch.Count < MostAtOnce && _ended.Reader.TryRead(out var ended))
            {
                webhook = ended.Webhook;
                batch.Add(ended.Attempt);
            }

            await RecordAsync(webhook!, batch, abort);
            batch.ForEach(_recorded.Enqueue);
            feed.Publish(subscription);
            recorded();
        }
    }

    private async Task RecordAsync(StoredWebhook webhook, IReadOnlyList<EndedAttempt> batch, CancellationToken abort)
    {
        var now = clock.GetUtcNow();
        var disabled = AuditActor.Vault(webhook.Tenant.Account).Entry(
            now, AuditAction.WebhookDisabled, ids.IdOf(webhook.Tenant.Environment, webhook.RecordId), "Nothing could be delivered for three days.");
        while (true)
        {
            try
            {
                await store.RecordAsync(webhook, batch, now - WebhookSchedule.DisabledAfter, disabled);
                return;
            }
            catch (UnavailableException)
            {
                await Task.Delay(s_afterOutage, clock, abort);
            }
        }
    }
}
