using System.Collections.Frozen;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>What can move a payment intent from one status to another.</summary>
public enum PaymentIntentTrigger
{
    /// <summary>The issuer promised the money.</summary>
    Authorize,

    /// <summary>The issuer promised the money, and all of it was taken.</summary>
    Charge,

    /// <summary>It was deleted, or its lifetime ran out.</summary>
    Cancel,

    /// <summary>Some of the money was taken, or all.</summary>
    Capture,

    /// <summary>The money was let go.</summary>
    Reverse,

    /// <summary>Some of what was taken was given back.</summary>
    RefundPart,

    /// <summary>All that was taken has been given back.</summary>
    RefundRest,
}

/// <summary>The life of a payment intent as a table. The store changes a status in no other way.</summary>
internal static class PaymentIntentLife
{
    private static readonly FrozenDictionary<(PaymentIntentStatus From, PaymentIntentTrigger Trigger), PaymentIntentStatus> s_table =
        new Dictionary<(PaymentIntentStatus, PaymentIntentTrigger), PaymentIntentStatus>
        {
            [(PaymentIntentStatus.Created, PaymentIntentTrigger.Authorize)] = PaymentIntentStatus.Authorized,
            [(PaymentIntentStatus.Created, PaymentIntentTrigger.Charge)] = PaymentIntentStatus.Captured,
            [(PaymentIntentStatus.Created, PaymentIntentTrigger.Cancel)] = PaymentIntentStatus.Canceled,
            [(PaymentIntentStatus.Authorized, PaymentIntentTrigger.Capture)] = PaymentIntentStatus.Captured,
            [(PaymentIntentStatus.Authorized, PaymentIntentTrigger.Reverse)] = PaymentIntentStatus.Reversed,
            [(PaymentIntentStatus.Captured, PaymentIntentTrigger.Capture)] = PaymentIntentStatus.Captured,
            [(PaymentIntentStatus.Captured, PaymentIntentTrigger.RefundPart)] = PaymentIntentStatus.Captured,
            [(PaymentIntentStatus.Captured, PaymentIntentTrigger.RefundRest)] = PaymentIntentStatus.Refunded,
        }.ToFrozenDictionary();

    /// <summary>Where a trigger leads from a status; null when it leads nowhere.</summary>
    public static PaymentIntentStatus? Move(PaymentIntentStatus from, PaymentIntentTrigger trigger) =>
        s_table.TryGetValue((from, trigger), out var to) ? to : null;

    /// <summary>The trigger that a settlement of an amount is for a payment intent.</summary>
    public static PaymentIntentTrigger TriggerOf(SettlementKind kind, StoredPaymentIntent payment, long amount) => kind switch
    {
        SettlementKind.Capture => PaymentIntentTrigger.Capture,
        SettlementKind.Reversal => PaymentIntentTrigger.Reverse,
        _ => payment.RefundedAmount + amount == payment.CapturedAmount ? PaymentIntentTrigger.RefundRest : PaymentIntentTrigger.RefundPart,
    };
}
