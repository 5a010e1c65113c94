using System.Collections.Frozen;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

internal sealed class WebhookListening(
    IWebhookStore store, IWebhookDeliveryStore deliveries, IWebhookHistoryStore history, WebhookIds ids, WebhookFeed feed, TimeProvider clock) : IWebhookListening
{
    private const int MostWaiting = 8;

    private static readonly Refusal.NotFound s_notFound = new("There is no such webhook subscription.");
    private static readonly Refusal.NotFound s_noEvent = new("No such event waits for the webhook subscription.");
    private static readonly Refusal.WrongState s_isSent = new($"Events of this subscription are sent to its URL. Only those of a subscription with the URL {WebhookUrls.Listener} can be fetched.");

    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _waiting = [];

    public async Task<Result<WebhookBatch>> FetchAsync(Tenant tenant, string id, int limit, TimeSpan wait, CancellationToken ct)
    {
        var found = await FindAsync(tenant, id, ct);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        var subscription = found.Value.RecordId;
        if (!TryEnter(subscription))
        {
            return new Refusal.Limited($"At most {MostWaiting} listeners can wait for the events of a subscription.", TimeSpan.FromSeconds(1));
        }

        try
        {
            return await WaitAsync(subscription, limit, wait, ct);
        }
        finally
        {
            Leave(subscription);
        }
    }

    public async Task<Refusal?> ReportAsync(Tenant tenant, string id, string eventId, int? status, TimeSpan duration)
    {
        var found = await FindAsync(tenant, id, CancellationToken.None);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        var webhook = found.Value;
        var named = await history.ListAsync(tenant, webhook.RecordId, new WebhookDeliveryFilter { EventId = eventId }, before: null, limit: 1, CancellationToken.None);
        if (named is not [{ NextAttemptAt: not null } waiting])
        {
            return s_noEvent;
        }

        var now = UnixTime.Truncate(clock.GetUtcNow());
        var attempt = new WebhookAttempt(now - duration, duration, status, status is null ? "Unreachable" : null, Response: null);
        var disabled = AuditActor.Vault(tenant.Account).Entry(now, AuditAction.WebhookDisabled, id, "Nothing could be delivered for three days.");
        await deliveries.RecordAsync(
            webhook, [new EndedAttempt(new WebhookDelivery(waiting.Id, eventId, waiting.Sequence, [], waiting.AttemptsOfSchedule), attempt, NextAt: null)], now - WebhookSchedule.DisabledAfter, disabled);
        feed.Publish(webhook.RecordId);
        return null;
    }

    private async Task<WebhookBatch> WaitAsync(long subscription, int limit, TimeSpan wait, CancellationToken ct)
    {
        // Follows the feed before asking the store, so that no event is missed in between.
        using var follower = feed.Follow(subscription);
        using var timer = new CancellationTokenSource(wait, clock);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        while (true)
        {
            var work = await deliveries.TakeAsync(subscription, clock.GetUtcNow(), limit, FrozenSet<long>.Empty);
            if (work is { Due.Count: > 0 })
            {
                return new WebhookBatch([.. work.Due.Select(due => new FetchedWebhook(due.EventId, WebhookMessages.NameIn(due.Body), due.Sequence, Encoding.UTF8.GetString(due.Body)))]);
            }

            try
            {
                await follower.WaitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                return new WebhookBatch([]);
            }
        }
    }

    private async Task<Result<StoredWebhook>> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) switch
        {
            null => s_notFound,
            { Kind: WebhookKind.Listener } webhook => webhook,
            _ => s_isSent,
        };

    private bool TryEnter(long subscription)
    {
        lock (_gate)
        {
            var waiting = _waiting.GetValueOrDefault(subscription);
            _waiting[subscription] = waiting + (waiting < MostWaiting ? 1 : 0);
            return waiting < MostWaiting;
        }
    }

    private void Leave(long subscription)
    {
        lock (_gate)
        {
            if (--_waiting[subscription] == 0)
            {
                _waiting.Remove(subscription);
            }
        }
    }
}
