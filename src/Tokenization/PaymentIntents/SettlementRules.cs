using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>What the settlements of a payment intent that have no end yet hold back.</summary>
/// <param name="Capture">What open captures would take, in minor units.</param>
/// <param name="Refund">What open refunds would give back, in minor units.</param>
/// <param name="IsReversing">Whether a reversal is open.</param>
internal readonly record struct OpenSettlements(long Capture, long Refund, bool IsReversing);

/// <summary>What there is to say to a wish to settle.</summary>
internal enum SettlementVerdict
{
    /// <summary>It may be begun.</summary>
    Allowed,

    /// <summary>Another settlement has to end first.</summary>
    Busy,

    /// <summary>The payment intent is not in a state for it.</summary>
    WrongState,

    /// <summary>It is of more than there is.</summary>
    TooMuch,
}

/// <summary>
/// When money may be moved. What is open counts as moved: however it ends, never more is taken than was promised, nor given back than was
/// taken. Judged within the transaction that begins the settlement.
/// </summary>
internal static class SettlementRules
{
    /// <param name="payment">The payment intent as it is.</param>
    /// <param name="open">What is open of it.</param>
    /// <param name="kind">What is wished for.</param>
    /// <param name="amount">How much, in minor units.</param>
    /// <param name="now">The time for its tenant.</param>
    /// <returns>The verdict, and how much there is at most.</returns>
    public static (SettlementVerdict Verdict, long Available) Validate(
        StoredPaymentIntent payment, OpenSettlements open, SettlementKind kind, long amount, DateTimeOffset now) => kind switch
    {
        SettlementKind.Capture => ValidateCapture(payment, open, amount, now),
        SettlementKind.Reversal => ValidateReversal(payment, open),
        _ => ValidateRefund(payment, open, amount),
    };

    // One at a time, so that a call that is repeated because its answer got lost is known for what it is.
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

    // Not while a capture is open: with all that was taken so far given back, the payment intent would have come to its end before that.
    private static (SettlementVerdict, long) ValidateRefund(StoredPaymentIntent payment, OpenSettlements open, long amount) =>
        payment.Status != PaymentIntentStatus.Captured ? (SettlementVerdict.WrongState, 0)
        : open.Capture > 0 ? (SettlementVerdict.Busy, 0)
        : Within(amount, payment.CapturedAmount - payment.RefundedAmount - open.Refund);

    private static (SettlementVerdict, long) Within(long amount, long available) =>
        (amount > 0 && amount <= available ? SettlementVerdict.Allowed : SettlementVerdict.TooMuch, available);
}
