using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>A receipt that is to be sent: a message, and to whom.</summary>
/// <param name="Id"><c>rcpt_sandbox_</c> or <c>rcpt_prod_</c> and 22 base64url characters.</param>
/// <param name="PaymentIntentId">What it is of.</param>
/// <param name="Emails">The addresses.</param>
/// <param name="Text">The message, plain text with line feeds.</param>
/// <param name="CreatedAt">When it was asked for.</param>
public sealed record Receipt(string Id, string PaymentIntentId, IReadOnlyList<string> Emails, string Text, DateTimeOffset CreatedAt);

/// <summary>
/// Receipts of payments. This service sends no mail: it writes the message down, and tells of it by the event <c>receipt.created</c>; a receiver
/// reads the message and sends it. They are kept for 30 days.
/// </summary>
public interface IReceipts
{
    /// <summary>
    /// Writes a receipt. <see cref="Refusal.NotFound"/>, or <see cref="Refusal.WrongState"/> when no money was taken, or there are 20 of it already.
    /// </summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> CreateAsync(Caller caller, string id, ReceiptRequest request);

    /// <summary>The receipts of a payment intent, oldest first. Or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<ReceiptList>> ListAsync(Tenant tenant, string id, CancellationToken ct);
}

/// <summary>Receipts of a payment intent.</summary>
/// <param name="Items">Oldest first.</param>
public sealed record ReceiptList(IReadOnlyList<Receipt> Items);

/// <summary>A receipt as it is stored.</summary>
internal sealed record StoredReceipt(long RecordId, StoredPaymentIntent Payment, IReadOnlyList<string> Emails, string Text, DateTimeOffset CreatedAt);

/// <summary>Receipts.</summary>
internal interface IReceiptStore
{
    /// <summary>Stores a receipt with its event.</summary>
    /// <returns>Whether it did: not when there are <paramref name="most"/> of the payment intent already.</returns>
    Task<bool> InsertAsync(StoredReceipt receipt, int most);

    Task<IReadOnlyList<StoredReceipt>> ListAsync(StoredPaymentIntent payment, CancellationToken ct);

    /// <summary>Deletes those that were asked for before an instant of the real clock.</summary>
    Task<int> DropOlderThanAsync(DateTimeOffset instant);
}
