using System.Globalization;
using System.Text;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Webhooks;

internal sealed class WebhookHistory(
    IWebhookStore store, IWebhookHistoryStore history, WebhookInspector inspector, WebhookAccess access, WebhookIds ids, WebhookSignal signal, WebhookFeed feed, TimeProvider clock) : IWebhookHistory
{
    public static readonly Refusal.WrongState IsStopped = new("The endpoint is paused or disabled. Resume it first.");

    private static readonly Refusal.NotFound s_noDelivery = new("There is no such delivery. Deliveries are kept for 30 days.");

    public async Task<Result<WebhookDeliveryList>> ListAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, long? before, CancellationToken ct)
    {
        var found = await FindAsync(who, Operation.ViewWebhooks, tenant, id, ct);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        // One more than is shown tells whether there are older ones.
        var items = await history.ListAsync(tenant, found.Value.RecordId, filter, before, WebhookDeliveryList.Largest + 1, ct);
        return items.Count > WebhookDeliveryList.Largest
            ? new WebhookDeliveryList([.. items.Take(WebhookDeliveryList.Largest)], items[WebhookDeliveryList.Largest - 1].Id)
            : new WebhookDeliveryList(items, null);
    }

    public async Task<Result<WebhookDeliveryDetail>> FindAsync(SignedInMember who, Tenant tenant, string id, long delivery, CancellationToken ct)
    {
        var found = await FindAsync(who, Operation.ViewWebhooks, tenant, id, ct);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        return await history.FindAsync(tenant, found.Value.RecordId, delivery, ct) is { } stored
            ? new WebhookDeliveryDetail(stored.Delivery, Encoding.UTF8.GetString(stored.Body), [.. stored.Attempts.Select(attempt => Verify(found.Value, attempt, stored.Body))])
            : s_noDelivery;
    }

    public async Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, long delivery)
    {
        var found = await FindSendingAsync(who, tenant, id);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        var replayed = await ReplayAsync(who, found.Value, new WebhookDeliveryFilter(), delivery, delivery, "1 event");
        return replayed.Count == 0 ? s_noDelivery : replayed;
    }

    public async Task<Result<WebhookReplayPlan>> PlanReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookDeliveryFilter filter, CancellationToken ct)
    {
        var found = await FindSendingAsync(who, tenant, id);
        if (!found.IsSuccess)
        {
            return found.Refusal;
        }

        var (count, newest) = await history.CountAsync(tenant, found.Value.RecordId, filter, ct);
        return new WebhookReplayPlan(filter, count, newest);
    }

    public async Task<Result<WebhookReplay>> ReplayAsync(SignedInMember who, Tenant tenant, string id, WebhookReplayPlan plan)
    {
        var found = await FindSendingAsync(who, tenant, id);
        return found.IsSuccess
            ? await ReplayAsync(who, found.Value, plan.Filter, plan.UpTo, only: null, string.Create(CultureInfo.InvariantCulture, $"{plan.Count:N0} events{DescribeFilter(plan.Filter)}"))
            : found.Refusal;
    }

    public async Task<Result<FeedSubscription>> FollowAsync(SignedInMember who, Tenant tenant, string id, CancellationToken ct)
    {
        var found = await FindAsync(who, Operation.ViewWebhooks, tenant, id, ct);
        return found.IsSuccess ? feed.Follow(found.Value.RecordId) : found.Refusal;
    }

    private static string DescribeFilter(WebhookDeliveryFilter filter) => string.Concat(
        filter.Status is { } status ? $", {status.ToString().ToLowerInvariant()}" : "",
        filter.Event is { } name ? $", {name}" : "",
        filter.From is { } from ? $", from {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "",
        filter.To is { } to ? $", before {to.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "");

    private ShownWebhookAttempt Verify(StoredWebhook webhook, ShownWebhookAttempt attempt, byte[] body) => attempt.Request is { } request
        ? attempt with { Verification = inspector.Verify(webhook, WebhookRequestHead.Read(request), body) }
        : attempt;

    private async Task<WebhookReplay> ReplayAsync(SignedInMember who, StoredWebhook webhook, WebhookDeliveryFilter filter, long upTo, long? only, string detail)
    {
        var now = UnixTime.Truncate(clock.GetUtcNow());
        var entry = who.Entry(now, AuditAction.WebhookEventsReplayed, ids.IdOf(webhook.Tenant.Environment, webhook.RecordId), detail);
        var count = await history.ReplayAsync(webhook.RecordId, filter, upTo, only, now, entry);
        signal.Note(webhook.RecordId);
        return new WebhookReplay(count);
    }

    private async Task<Result<StoredWebhook>> FindSendingAsync(SignedInMember who, Tenant tenant, string id)
    {
        var found = await FindAsync(who, WebhookAccess.ChangesOf(tenant.Environment), tenant, id, CancellationToken.None);
        return found.Value is { PausedAt: not null } or { DisabledAt: not null } ? IsStopped : found;
    }

    private async Task<Result<StoredWebhook>> FindAsync(SignedInMember who, Operation operation, Tenant tenant, string id, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, operation, tenant, id) is { } refusal)
        {
            return refusal;
        }

        return await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } webhook ? webhook : WebhookAccess.NotFound;
    }
}
