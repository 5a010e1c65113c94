using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>Turns events into deliveries: immediately if a commit has few events for a subscription, otherwise soon after, from one row of packed events.</summary>
internal sealed class WebhookDeliveryRows(WebhookBodies bodies, WebhookSignal signal)
{
    // With more events in a commit, other work waits for the writer; their bodies and index entries can be written when it no longer does.
    private const int MostAtOnce = 4;

    private const string CountSql = "UPDATE webhook_subscriptions SET last_sequence = last_sequence + ?2 WHERE id = ?1 RETURNING last_sequence";

    private const string InsertSql = """
        INSERT INTO webhook_deliveries (subscription_id, event_id, event, sequence, body, queued_at, next_attempt_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
        """;

    private const string PackSql = "INSERT INTO webhook_packed_events (subscription_id, first_sequence, queued_at, events) VALUES (?1, ?2, ?3, ?4)";

    private const string ListPackedSql = "SELECT id, subscription_id, first_sequence, queued_at, events FROM webhook_packed_events ORDER BY id LIMIT ?1";

    private const string TenantSql = "SELECT account_id, location_id, environment FROM webhook_subscriptions WHERE id = ?1";

    private const string DropPackedSql = "DELETE FROM webhook_packed_events WHERE id = ?1";

    /// <summary>Within a transaction: queues events for a subscription. If the same commit has removed the subscription, nothing is queued.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="tenant">The subscription's tenant.</param>
    /// <param name="events">The events of the commit.</param>
    /// <param name="now">The current time, in microseconds since 1970.</param>
    public void Insert(DbConnection connection, long subscription, Tenant tenant, IReadOnlyList<PendingEvent> events, long now)
    {
        if (connection.Prepared(CountSql).Bind(1, subscription).Bind(2, events.Count).ExecuteScalar() is not { } last)
        {
            return;
        }

        var first = last - events.Count + 1;
        if (events.Count <= MostAtOnce)
        {
            InsertEach(connection, subscription, tenant, first, events, now);
        }
        else
        {
            connection.Prepared(PackSql).Bind(1, subscription).Bind(2, first).Bind(3, now).Bind(4, PackedEvents.Pack(events)).ExecuteLater();
            signal.NotePacked();
        }
    }

    /// <summary>Within a transaction: turns the oldest packed events into deliveries.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="limit">The most rows of packed events to take.</param>
    /// <returns>The number of rows found.</returns>
    public int Unpack(DbConnection connection, int limit)
    {
        var packed = connection.Prepared(ListPackedSql).Bind(1, limit)
            .Query(static row => (Id: row.Int64(0), Subscription: row.Int64(1), First: row.Int64(2), QueuedAt: row.Int64(3), Events: row.Blob(4)!));
        var (taken, fault) = (0, (Exception?)null);
        foreach (var row in packed)
        {
            IReadOnlyList<PendingEvent> events;
            try
            {
                events = PackedEvents.Unpack(row.Events);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or ArgumentException)
            {
                fault = exception; // a row that is damaged, or from a newer program, does not hold up the others
                continue;
            }

            InsertUnlessRemoved(connection, row.Subscription, row.First, events, row.QueuedAt);
            connection.Prepared(DropPackedSql).Bind(1, row.Id).ExecuteLater();
            taken++;
        }

        return taken == 0 && fault is not null ? throw new InvalidDataException("Packed events cannot be read.", fault) : packed.Count;
    }

    // Inserts nothing if the subscription was removed meanwhile.
    private void InsertUnlessRemoved(DbConnection connection, long subscription, long first, IReadOnlyList<PendingEvent> events, long queuedAt)
    {
        foreach (var tenant in connection.Prepared(TenantSql).Bind(1, subscription)
            .Query(static found => new Tenant(new AccountId(found.Int64(0)), new LocationId(found.Int64(1)), (TenantEnvironment)found.Int64(2))))
        {
            InsertEach(connection, subscription, tenant, first, events, queuedAt);
        }
    }

    private void InsertEach(DbConnection connection, long subscription, Tenant tenant, long sequence, IReadOnlyList<PendingEvent> events, long queuedAt)
    {
        var account = bodies.AccountIdOf(tenant);
        foreach (var queued in events)
        {
            connection.Prepared(InsertSql)
                .Bind(1, subscription).Bind(2, queued.Id).Bind(3, queued.Name).Bind(4, sequence++).Bind(5, bodies.Write(tenant.Environment, account, queued)).Bind(6, queuedAt)
                .ExecuteLater();
        }

        signal.Note(subscription);
    }
}
