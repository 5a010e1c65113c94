using System.Globalization;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

internal sealed class Receipts(IReceiptStore store, PaymentIntentViews views, PaymentIntentIds ids, LocationDirectory locations) : IReceipts
{
    private const int MostOfPayment = 20;

    public async Task<Refusal?> CreateAsync(Caller caller, string id, ReceiptRequest request)
    {
        if (await views.FindAsync(caller.Tenant, id, CancellationToken.None) is not { } payment)
        {
            return PaymentIntentViews.NotFound;
        }

        if (payment.CapturedAmount == 0)
        {
            return new Refusal.WrongState($"The payment intent is {payment.Status}; a receipt can be sent only after money has been taken.");
        }

        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var receipt = new StoredReceipt(ids.Next(), payment, request.Emails, TextOf(await views.ShowAsync(payment, CancellationToken.None), payment), now);
        return await store.InsertAsync(receipt, MostOfPayment) ? null : new Refusal.WrongState($"The payment intent already has {MostOfPayment} receipts.");
    }

    public async Task<Result<ReceiptList>> ListAsync(Tenant tenant, string id, CancellationToken ct)
    {
        if (await views.FindAsync(tenant, id, ct) is not { } payment)
        {
            return PaymentIntentViews.NotFound;
        }

        return new ReceiptList([.. (await store.ListAsync(payment, ct)).Select(stored => new Receipt(
            ids.ReceiptIdOf(tenant.Environment, stored.RecordId), ids.IdOf(tenant.Environment, payment.RecordId), stored.Emails, stored.Text, stored.CreatedAt))]);
    }

    private static string TextOf(PaymentIntent payment, StoredPaymentIntent stored)
    {
        var text = new StringBuilder();
        Line("Receipt", payment.Reference);
        Line("Amount", payment.Amount);
        Line("Tip", payment.TipsAmount);
        Line("Service charge", payment.ServiceChargeAmount);
        Line("Total", payment.TotalAmount);
        Line("Paid", stored.CapturedAmount == payment.TotalAmount.Value ? null : payment.Amount with { Value = stored.CapturedAmount });
        Line("Refunded", stored.RefundedAmount == 0 ? null : payment.Amount with { Value = stored.RefundedAmount });
        Line("Card", payment.Card is { } card ? $"{card.Scheme} ending in {card.Masked.LastFour}" : null);
        var paid = payment.Events.LastOrDefault(entry => entry.Type == PaymentIntentEventType.Captured);
        Line("Date", paid?.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        Line("Authorization", payment.Events.LastOrDefault(entry => entry.AuthCode is not null)?.AuthCode);
        return text.ToString();

        void Line(string label, object? value)
        {
            if (value is not null)
            {
                text.Append(label).Append(": ").Append(value is Money money ? Format(money) : value).Append('\n');
            }
        }
    }

    // Both supported currencies have a minor unit of one hundredth.
    private static string Format(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Value / 100}.{money.Value % 100:00} {money.CurrencyCode}");
}
