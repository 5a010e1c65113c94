using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>The amounts that the open settlements of a payment intent hold back.</summary>
/// <param name="Capture">The sum of open captures, in minor units.</param>
/// <param name="Refund">The sum of open refunds, in minor units.</param>
/// <param name="IsReversing">Whether a reversal is open.</param>
internal readonly record struct OpenSettlements(long Capture, long Refund, bool IsReversing);

/// <summary>The verdict on a requested settlement.</summary>
internal enum SettlementVerdict
{
    /// <summary>It may begin.</summary>
    Allowed,

    /// <summary>Another settlement has to end first.</summary>
    Busy,

    /// <summary>The state of the payment intent does not allow it.</summary>
    WrongState,

    /// <summary>The amount is more than is available, or not positive.</summary>
    TooMuch,
}

/// <summary>
/// Decides when money may be moved. Open settlements count as if they had succeeded, so however they end, captures never exceed the authorized amount and
/// refunds never exceed the captured amount. The store applies the rules within the transaction that begins the settlement.
/// </summary>
internal static class SettlementRules
{
    /// <param name="payment">The payment intent as it is now.</param>
    /// <param name="open">Its open settlements.</param>
    /// <param name="kind">The kind of the requested settlement.</param>
    /// <param name="amount">The requested amount, in minor units.</param>
    /// <param name="now">The current time by the tenant's clock.</param>
    /// <returns>The verdict, and the available amount, in minor units.</returns>
    public static (SettlementVerdict Verdict, long Available) Validate(
        StoredPaymentIntent payment, OpenSettlements open, SettlementKind kind, long amount, DateTimeOffset now) => kind switch
    {
        SettlementKind.Capture => ValidateCapture(payment, open, amount, now),
        SettlementKind.Reversal => ValidateReversal(payment, open),
        _ => ValidateRefund(payment, open, amount),
    };

    // One capture at a time, so that a call repeated after a lost answer is recognized as a repetition.
    private static (SettlementVerdict, long) ValidateCapture(StoredPaymentIntent payment, OpenSettlements open, long amount, DateTimeOffset now)
    {
        var available = payment.AuthorizedAmount - payment.CapturedAmount;
        if (payment.Status is not (PaymentIntentStatus.Authorized or PaymentIntentStatus.Captured)
            || available == 0 || payment.RefundedAmount + open.Refund > 0)
        {
            return (SettlementVerdict.WrongState, 0);
        }

        if (open.Capture > 0 || open.IsReversing)
        {
            return (SettlementVerdict.Busy, 0);
        }

        return payment.SettleAt <= now ? (SettlementVerdict.WrongState, 0) : Within(amount, available);
    }

    private static (SettlementVerdict, long) ValidateReversal(StoredPaymentIntent payment, OpenSettlements open) =>
        payment.Status != PaymentIntentStatus.Authorized ? (SettlementVerdict.WrongState, 0)
        : open.Capture > 0 || open.IsReversing ? (SettlementVerdict.Busy, 0)
        : (SettlementVerdict.Allowed, payment.AuthorizedAmount);

    // No refund while a capture is open: refunding everything captured so far would end the payment intent before that capture ends.
    private static (SettlementVerdict, long) ValidateRefund(StoredPaymentIntent payment, OpenSettlements open, long amount) =>
        payment.Status != PaymentIntentStatus.Captured ? (SettlementVerdict.WrongState, 0)
        : open.Capture > 0 ? (SettlementVerdict.Busy, 0)
        : Within(amount, payment.CapturedAmount - payment.RefundedAmount - open.Refund);

    private static (SettlementVerdict, long) Within(long amount, long available) =>
        (amount > 0 && amount <= available ? SettlementVerdict.Allowed : SettlementVerdict.TooMuch, available);
}
