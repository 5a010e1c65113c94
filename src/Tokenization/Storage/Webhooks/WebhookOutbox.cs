using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>
/// The outbox: what happened, for each subscription that wants to hear of it, written in the transaction in which it happens (DESIGN D28). Where
/// nobody has subscribed it costs one look-up by a prepared statement and writes nothing. The look-up is in the same transaction, so no subscription is missed.
/// </summary>
internal sealed class WebhookOutbox(SetupIntentIds tokens, PaymentIntentIds payments, CustomerIds customers, WebhookIds ids, WebhookSignal signal, TimeProvider clock)
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
    public void Append(DbConnection connection, StoredSetupIntent intent, string name, DateTimeOffset at)
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
    public void Append(DbConnection connection, StoredPaymentIntent intent, PaymentIntentStatus status, string name, DateTimeOffset at)
    {
        if (SubscribersOf(connection, intent.Tenant, name) is { Count: > 0 } subscribers)
        {
            var payment = payments.IdOf(intent.Tenant.Environment, intent.RecordId);
            Append(connection, intent.Tenant, subscribers, name, at, ("paymentIntentId", payment), ("paymentStatus", status.ToString()), ("captureMode", intent.CaptureMode.ToString()));
        }
    }

    /// <summary>Within a transaction: a receipt was asked for.</summary>
    public void Append(DbConnection connection, StoredReceipt receipt)
    {
        var tenant = receipt.Payment.Tenant;
        Append(
            connection,
            tenant,
            WebhookEvents.ReceiptCreated,
            receipt.CreatedAt,
            ("receiptId", payments.ReceiptIdOf(tenant.Environment, receipt.RecordId)),
            ("paymentIntentId", payments.IdOf(tenant.Environment, receipt.Payment.RecordId)));
    }

    /// <summary>Within a transaction: a refund was begun, or has ended.</summary>
    public void Append(DbConnection connection, Tenant tenant, StoredSettlement refund, SettlementStatus status, string name, DateTimeOffset at) => Append(
        connection,
        tenant,
        name,
        at,
        ("refundId", payments.IdOf(tenant.Environment, refund.Kind, refund.RecordId)),
        ("paymentIntentId", payments.IdOf(tenant.Environment, refund.PaymentIntentRecordId)),
        ("refundStatus", status.ToString()));

    /// <summary>Within a transaction: something happened to a customer.</summary>
    public void Append(DbConnection connection, StoredCustomer customer, string name, DateTimeOffset at) =>
        Append(connection, customer.Tenant, name, at, ("customerId", customers.IdOf(customer.Tenant.Environment, customer.RecordId)));

    /// <summary>Within a transaction: something happened to an API key.</summary>
    public void Append(DbConnection connection, Tenant tenant, ApiKeyId key, string name, DateTimeOffset at) =>
        Append(connection, tenant, name, at, ("apiKeyId", key.Subject));

    /// <summary>Within a transaction: a test of one subscription, regardless of its events.</summary>
    /// <returns>Whether it was queued: not where the subscription is disabled.</returns>
    public bool AppendTest(DbConnection connection, Tenant tenant, long subscription, DateTimeOffset at) =>
        Append(connection, tenant, [subscription], WebhookEvents.Test, at, ("subscriptionId", ids.IdOf(tenant.Environment, subscription))) > 0;

    private static List<long> SubscribersOf(DbConnection connection, Tenant tenant, string name) => connection.Prepared(SubscribersSql)
        .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, name)
        .Query(static row => row.Int64(0));

    private void Append(DbConnection connection, Tenant tenant, string name, DateTimeOffset at, params ReadOnlySpan<(string Name, string Value)> data)
    {
        if (SubscribersOf(connection, tenant, name) is { Count: > 0 } subscribers)
        {
            Append(connection, tenant, subscribers, name, at, data);
        }
    }

    private int Append(
        DbConnection connection, Tenant tenant, List<long> subscribers, string name, DateTimeOffset at, params ReadOnlySpan<(string Name, string Value)> data)
    {
        var eventId = WebhookMessages.NewId();
        var body = WebhookMessages.Write(eventId, name, ids.AccountIdOf(tenant), at, data);
        var queued = 0;
        foreach (var subscription in subscribers)
        {
            if (connection.Prepared(CountSql).Bind(1, subscription).ExecuteScalar() is { } sequence)
            {
                connection.Prepared(InsertSql)
                    .Bind(1, subscription).Bind(2, eventId).Bind(3, name).Bind(4, sequence).Bind(5, body).Bind(6, UnixTime.Of(clock.GetUtcNow()))
                    .Execute();
                signal.Note(subscription);
                queued++;
            }
        }

        return queued;
    }
}
