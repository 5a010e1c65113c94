using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>A receipt to be sent: a message and its recipients.</summary>
/// <param name="Id"><c>rcpt_sandbox_</c> or <c>rcpt_prod_</c> and 22 base64url characters.</param>
/// <param name="PaymentIntentId">The id of the payment intent.</param>
/// <param name="Emails">The e-mail addresses of the recipients.</param>
/// <param name="Text">The message: plain text with line feeds.</param>
/// <param name="CreatedAt">When it was requested.</param>
public sealed record Receipt(string Id, string PaymentIntentId, IReadOnlyList<string> Emails, string Text, DateTimeOffset CreatedAt);

/// <summary>
/// Receipts of payments. This service sends no mail. It stores the message and announces it with the event <c>receipt.created</c>; a receiver of the event
/// reads the message and sends it. Receipts are kept for 30 days.
/// </summary>
public interface IReceipts
{
    /// <summary>
    /// Creates a receipt. <see cref="Refusal.NotFound"/>, or <see cref="Refusal.WrongState"/> when nothing was captured, or the payment intent has 20 already.
    /// </summary>
    /// <returns>The refusal; null when the receipt was created.</returns>
    Task<Refusal?> CreateAsync(Caller caller, string id, ReceiptRequest request);

    /// <summary>Returns the receipts of a payment intent, oldest first, or <see cref="Refusal.NotFound"/>.</summary>
    Task<Result<ReceiptList>> ListAsync(Tenant tenant, string id, CancellationToken ct);
}

/// <summary>The receipts of a payment intent.</summary>
/// <param name="Items">The receipts, oldest first.</param>
public sealed record ReceiptList(IReadOnlyList<Receipt> Items);

/// <summary>A receipt as it is stored.</summary>
internal sealed record StoredReceipt(long RecordId, StoredPaymentIntent Payment, IReadOnlyList<string> Emails, string Text, DateTimeOffset CreatedAt);

/// <summary>Stores receipts.</summary>
internal interface IReceiptStore
{
    /// <summary>Stores a receipt with its event.</summary>
    /// <returns>Whether it was stored; false when the payment intent has <paramref name="most"/> receipts already.</returns>
    Task<bool> InsertAsync(StoredReceipt receipt, int most);

    Task<IReadOnlyList<StoredReceipt>> ListAsync(StoredPaymentIntent payment, CancellationToken ct);

    /// <summary>Deletes the receipts that were requested before an instant, in real time, and returns their number.</summary>
    Task<int> DropOlderThanAsync(DateTimeOffset instant);
}
