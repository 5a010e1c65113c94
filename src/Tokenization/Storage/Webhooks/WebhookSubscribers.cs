using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>The subscriptions to the events of a location, except disabled ones.</summary>
internal sealed class WebhookSubscribers : LocationLookups<List<WebhookSubscriber>>
{
    private const string ListSql = """
        SELECT e.account_id, e.location_id, e.environment, e.event, e.subscription_id
          FROM locations l
          JOIN webhook_subscription_events e ON e.account_id = l.account_id AND e.location_id = l.id
          JOIN webhook_subscriptions s ON s.id = e.subscription_id
         WHERE l.id IN (SELECT value FROM json_each(?1)) AND s.disabled_at IS NULL
        """;

    private static readonly Func<WebhookSubscribers> s_make = static () => new WebhookSubscribers();

    /// <summary>Within a transaction: the subscribers of a tenant's location.</summary>
    public static List<WebhookSubscriber> Of(DbConnection connection, Tenant tenant) => connection.CommitStates().Of(s_make).Of(connection, tenant.Location);

    /// <inheritdoc/>
    protected override void Load(DbConnection connection, string ids, Dictionary<LocationId, List<WebhookSubscriber>> known) => connection.Prepared(ListSql).Bind(1, ids).Each(row =>
    {
        var tenant = new Tenant(new AccountId(row.Int64(0)), new LocationId(row.Int64(1)), (TenantEnvironment)row.Int64(2));
        known[tenant.Location].Add(new WebhookSubscriber(tenant, row.Text(3)!, row.Int64(4)));
    });

    /// <inheritdoc/>
    protected override List<WebhookSubscriber> Nothing() => [];
}

/// <summary>A subscription to an event of a tenant.</summary>
/// <param name="Tenant">The tenant of the event.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Subscription">The subscription.</param>
internal readonly record struct WebhookSubscriber(Tenant Tenant, string Event, long Subscription);
