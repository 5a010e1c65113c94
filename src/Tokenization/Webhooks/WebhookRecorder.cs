using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Records what became of the attempts of one subscription. While some are written the next collect, so that many together cost one transaction and a lone
/// one waits for nobody.
/// </summary>
internal sealed class WebhookRecorder(long subscription, IWebhookDeliveryStore store, WebhookIds ids, WebhookFeed feed, TimeProvider clock, Action recorded)
{
    private const int MostAtOnce = 64;

    private static readonly TimeSpan s_afterOutage = TimeSpan.FromSeconds(1);

    private readonly Channel<(StoredWebhook Webhook, EndedAttempt Attempt)> _ended =
        Channel.CreateUnbounded<(StoredWebhook, EndedAttempt)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentQueue<EndedAttempt> _recorded = new();

    /// <summary>An attempt has ended.</summary>
    public void Add(StoredWebhook webhook, WebhookDelivery delivery, WebhookAttempt attempt)
    {
        DateTimeOffset? nextAt = attempt.Succeeded ? null : clock.GetUtcNow() + WebhookSchedule.PauseAfter(delivery.Attempts + 1, attempt.RetryAfter);
        _ended.Writer.TryWrite((webhook, new EndedAttempt(delivery, attempt, nextAt)));
    }

    /// <summary>Nothing is added any more.</summary>
    /// <param name="fault">Why not, where it is one: <see cref="RunAsync"/> ends with it.</param>
    public void Complete(Exception? fault = null) => _ended.Writer.TryComplete(fault);

    /// <summary>The next attempt that is recorded.</summary>
    public bool TryTake([MaybeNullWhen(false)] out EndedAttempt attempt) => _recorded.TryDequeue(out attempt);

    /// <summary>Records what is added until it is completed.</summary>
    /// <param name="abort">What is not recorded by then will be sent again.</param>
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
