using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>
/// The events of a commit. Who has subscribed is looked up once for each tenant and event, and the events of a subscription are written together: where many
/// tokens share a commit, an event costs little. Work that shares a commit happens at once, so any order of it is right.
/// </summary>
internal sealed class PendingEvents(WebhookDeliveryRows rows, TimeProvider clock) : IPendingRows
{
    private const string SubscribersSql = """
        SELECT e.subscription_id
          FROM webhook_subscription_events e
          JOIN webhook_subscriptions s ON s.id = e.subscription_id
         WHERE e.account_id = ?1 AND e.location_id = ?2 AND e.environment = ?3 AND e.event = ?4 AND s.disabled_at IS NULL
        """;

    private readonly Dictionary<(Tenant Tenant, string Event), List<long>> _subscribers = [];
    private readonly Dictionary<long, (Tenant Tenant, List<PendingEvent> Events)> _events = [];

    /// <summary>The subscriptions that want to hear of a tenant's event, those that are disabled aside.</summary>
    public List<long> SubscribersOf(DbConnection connection, Tenant tenant, string name)
    {
        if (!_subscribers.TryGetValue((tenant, name), out var subscribers))
        {
            _subscribers[(tenant, name)] = subscribers = connection.Prepared(SubscribersSql)
                .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, name)
                .Query(static row => row.Int64(0));
        }

        return subscribers;
    }

    /// <summary>Queues an event for a subscription of its tenant.</summary>
    public void Add(long subscription, Tenant tenant, PendingEvent queued)
    {
        if (!_events.TryGetValue(subscription, out var pending))
        {
            _events[subscription] = pending = (tenant, []);
        }

        pending.Events.Add(queued);
    }

    /// <inheritdoc/>
    public void Write(DbConnection connection)
    {
        var now = UnixTime.Of(clock.GetUtcNow());
        foreach (var (subscription, (tenant, events)) in _events)
        {
            rows.Insert(connection, subscription, tenant, events, now);
        }

        Drop();
    }

    /// <inheritdoc/>
    public void Drop()
    {
        _subscribers.Clear();
        _events.Clear();
    }
}
