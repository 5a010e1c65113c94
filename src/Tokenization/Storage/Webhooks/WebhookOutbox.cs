using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>
/// The outbox: it writes each event for every subscription to it in the transaction in which the event happens (DESIGN D28), at its end:
/// see <see cref="PendingEvents"/>. Without subscriptions it costs one look-up for each commit and writes nothing.
/// </summary>
internal sealed class WebhookOutbox(WebhookDeliveryRows rows, TimeProvider clock)
{
    private const string IsDisabledSql = "SELECT 1 FROM webhook_subscriptions WHERE id = ?1 AND disabled_at IS NOT NULL";

    private readonly Func<PendingEvents> _make = () => new PendingEvents(rows, clock);

    /// <summary>Within a transaction: queues the event that a setup intent was created or has changed its status.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="intent">The setup intent in its new state.</param>
    /// <param name="name">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="at">When it happened, by the tenant's clock.</param>
    public void Append(DbConnection connection, StoredSetupIntent intent, string name, DateTimeOffset at) =>
        Append(connection, intent.Tenant, name, at, new EventSubject(EventSubjectKind.SetupIntent, intent.RecordId) { Status = intent.Status.ToString() });

    /// <summary>Within a transaction: queues the event that a payment intent was created or has changed its status.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="intent">The payment intent.</param>
    /// <param name="status">The new status.</param>
    /// <param name="name">One of <see cref="WebhookEvents"/>.</param>
    /// <param name="at">When it happened, by the tenant's clock.</param>
    public void Append(DbConnection connection, StoredPaymentIntent intent, PaymentIntentStatus status, string name, DateTimeOffset at) => Append(
        connection,
        intent.Tenant,
        name,
        at,
        new EventSubject(EventSubjectKind.PaymentIntent, intent.RecordId) { Status = status.ToString(), CaptureMode = intent.CaptureMode.ToString() });

    /// <summary>Within a transaction: queues the event that a receipt was requested.</summary>
    public void Append(DbConnection connection, StoredReceipt receipt) => Append(
        connection,
        receipt.Payment.Tenant,
        WebhookEvents.ReceiptCreated,
        receipt.CreatedAt,
        new EventSubject(EventSubjectKind.Receipt, receipt.RecordId) { PaymentRecordId = receipt.Payment.RecordId });

    /// <summary>Within a transaction: queues the event that a refund has begun or ended.</summary>
    public void Append(DbConnection connection, Tenant tenant, StoredSettlement refund, SettlementStatus status, string name, DateTimeOffset at) => Append(
        connection,
        tenant,
        name,
        at,
        new EventSubject(EventSubjectKind.Refund, refund.RecordId) { PaymentRecordId = refund.PaymentIntentRecordId, Status = status.ToString() });

    /// <summary>Within a transaction: queues an event of a customer.</summary>
    public void Append(DbConnection connection, StoredCustomer customer, string name, DateTimeOffset at) =>
        Append(connection, customer.Tenant, name, at, new EventSubject(EventSubjectKind.Customer, customer.RecordId));

    /// <summary>Within a transaction: queues an event of an API key.</summary>
    public void Append(DbConnection connection, Tenant tenant, ApiKeyId key, string name, DateTimeOffset at) =>
        Append(connection, tenant, name, at, new EventSubject(EventSubjectKind.ApiKey, key.Value));

    /// <summary>Within a transaction: queues a test event for one subscription, regardless of the events that it subscribes to.</summary>
    /// <returns>Whether the event was queued; false if the subscription is disabled.</returns>
    public bool AppendTest(DbConnection connection, Tenant tenant, long subscription, DateTimeOffset at)
    {
        if (connection.Prepared(IsDisabledSql).Bind(1, subscription).ExecuteScalar() is not null)
        {
            return false;
        }

        connection.CommitStates().Of(_make).Add(subscription, tenant, new PendingEvent(WebhookMessages.NewId(), WebhookEvents.Test, at, new EventSubject(EventSubjectKind.Subscription, subscription)));
        return true;
    }

    private void Append(DbConnection connection, Tenant tenant, string name, DateTimeOffset at, in EventSubject subject)
    {
        var id = "";
        foreach (var subscriber in WebhookSubscribers.Of(connection, tenant))
        {
            if (subscriber.Event == name && subscriber.Tenant == tenant)
            {
                id = id.Length == 0 ? WebhookMessages.NewId() : id; // the same for all subscribers
                connection.CommitStates().Of(_make).Add(subscriber.Subscription, tenant, new PendingEvent(id, name, UnixTime.Truncate(at), subject));
            }
        }
    }
}
