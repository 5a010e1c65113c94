using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>
/// The outbox: what happened, for each subscription that wants to hear of it, written in the transaction in which it happens (DESIGN D28). Where
/// nobody has subscribed it costs one look-up by a prepared statement and writes nothing. The look-up is in the same transaction, so no subscription is missed.
/// </summary>
internal sealed class WebhookOutbox(SetupIntentIds tokens, PaymentIntentIds payments, WebhookIds ids, WebhookSignal signal, TimeProvider clock)
{
    private const string SubscribersSql = """
        SELECT subscription_id
          FROM webhook_subscription_events
         WHERE account_id = ?1 AND location_id = ?2 AND environment = ?3 AND event = ?4
        """;

    private const string CountSql = "UPDATE webhook_subscriptions SET last_sequence = last_sequence + 1 WHERE id = ?1 AND disabled_at IS NULL RETURNING last_sequence";

    private const string InsertSql = """
        INSERT INTO webhook_deliveries (subscription_id, event_id, event, sequence, body, queued_at, next_attempt_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
        """;

    /// <summary>Within a transaction: a setup intent was created, or has the status that it has now.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="intent">The setup intent, as it is from now on.</param>
    /// <param name="name">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="at">When it happened, by the tenant's clock.</param>
    public void Append(SqliteConnection connection, StoredSetupIntent intent, string name, DateTimeOffset at)
    {
        if (SubscribersOf(connection, intent.Tenant, name) is { Count: > 0 } subscribers)
        {
            var token = tokens.TokenOf(intent.Tenant.Environment, intent.RecordId);
            Append(connection, intent.Tenant, subscribers, name, at, ("setupIntentId", token), ("setupIntentStatus", intent.Status.ToString()));
        }
    }

    /// <summary>Within a transaction: a payment intent was created, or has a new status.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="intent">The payment intent.</param>
    /// <param name="status">The status that it has from now on.</param>
    /// <param name="name">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="at">When it happened, by the tenant's clock.</param>
    public void Append(SqliteConnection connection, StoredPaymentIntent intent, PaymentIntentStatus status, string name, DateTimeOffset at)
    {
        if (SubscribersOf(connection, intent.Tenant, name) is { Count: > 0 } subscribers)
        {
            var payment = payments.IdOf(intent.Tenant.Environment, intent.RecordId);
            Append(connection, intent.Tenant, subscribers, name, at, ("paymentIntentId", payment), ("paymentStatus", status.ToString()), ("captureMode", intent.CaptureMode.ToString()));
        }
    }

    private static List<long> SubscribersOf(SqliteConnection connection, Tenant tenant, string name) => connection.Prepared(SubscribersSql)
        .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, name)
        .Query(row => row.Int64(0));

    private void Append(
        SqliteConnection connection, Tenant tenant, List<long> subscribers, string name, DateTimeOffset at, params ReadOnlySpan<(string Name, string Value)> data)
    {
        var eventId = WebhookMessages.NewId();
        var body = WebhookMessages.Write(eventId, name, ids.AccountIdOf(tenant), at, data);
        foreach (var subscription in subscribers)
        {
            if (connection.Prepared(CountSql).Bind(1, subscription).Query(row => row.Int64(0)) is [var sequence])
            {
                connection.Prepared(InsertSql)
                    .Bind(1, subscription).Bind(2, eventId).Bind(3, name).Bind(4, sequence).Bind(5, body).Bind(6, UnixTime.Of(clock.GetUtcNow()))
                    .Execute();
                signal.Note(subscription);
            }
        }
    }
}
