using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>Writes the bodies of events. They contain the ids that the tenant sees, and no text that a user entered.</summary>
internal sealed class WebhookBodies(SetupIntentIds tokens, PaymentIntentIds payments, CustomerIds customers, WebhookIds ids)
{
    /// <summary>Returns the account's id as it appears in bodies.</summary>
    public string AccountIdOf(Tenant tenant) => ids.AccountIdOf(tenant);

    /// <summary>Writes the body of an event, in UTF-8.</summary>
    /// <param name="environment">The tenant's environment.</param>
    /// <param name="accountId">The account's id from <see cref="AccountIdOf"/>.</param>
    /// <param name="queued">The event.</param>
    public byte[] Write(TenantEnvironment environment, string accountId, in PendingEvent queued)
    {
        var subject = queued.Subject;
        var (id, name, at) = (queued.Id, queued.Name, queued.At);
        return subject.Kind switch
        {
            EventSubjectKind.SetupIntent => WebhookMessages.Write(
                id, name, accountId, at, ("setupIntentId", tokens.TokenOf(environment, subject.RecordId)), ("setupIntentStatus", subject.Status)),
            EventSubjectKind.PaymentIntent => WebhookMessages.Write(
                id, name, accountId, at, ("paymentIntentId", payments.IdOf(environment, subject.RecordId)), ("paymentStatus", subject.Status), ("captureMode", subject.CaptureMode)),
            EventSubjectKind.Receipt => WebhookMessages.Write(
                id, name, accountId, at, ("receiptId", payments.ReceiptIdOf(environment, subject.RecordId)), ("paymentIntentId", payments.IdOf(environment, subject.PaymentRecordId))),
            EventSubjectKind.Refund => WebhookMessages.Write(
                id,
                name,
                accountId,
                at,
                ("refundId", payments.IdOf(environment, SettlementKind.Refund, subject.RecordId)),
                ("paymentIntentId", payments.IdOf(environment, subject.PaymentRecordId)),
                ("refundStatus", subject.Status)),
            EventSubjectKind.Customer => WebhookMessages.Write(id, name, accountId, at, ("customerId", customers.IdOf(environment, subject.RecordId))),
            EventSubjectKind.ApiKey => WebhookMessages.Write(id, name, accountId, at, ("apiKeyId", new ApiKeyId(subject.RecordId).Subject)),
            EventSubjectKind.Subscription => WebhookMessages.Write(id, name, accountId, at, ("subscriptionId", ids.IdOf(environment, subject.RecordId))),
            _ => throw new InvalidDataException("A packed event has an unknown subject."),
        };
    }
}
