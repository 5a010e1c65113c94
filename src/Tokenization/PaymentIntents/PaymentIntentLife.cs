using System.Collections.Frozen;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>A trigger that moves a payment intent from one status to another.</summary>
public enum PaymentIntentTrigger
{
    /// <summary>The issuer authorized the amount.</summary>
    Authorize,

    /// <summary>The issuer authorized the amount, and all of it was captured.</summary>
    Charge,

    /// <summary>The payment intent was deleted or expired.</summary>
    Cancel,

    /// <summary>All or part of the authorized amount was captured.</summary>
    Capture,

    /// <summary>The authorization was reversed.</summary>
    Reverse,

    /// <summary>Part of the captured amount was refunded.</summary>
    RefundPart,

    /// <summary>The rest of the captured amount was refunded.</summary>
    RefundRest,
}

/// <summary>The transition table of payment intents. The store changes a status only by this table.</summary>
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

    /// <summary>Returns the status to which a trigger leads from a status; null when the trigger does not apply.</summary>
    public static PaymentIntentStatus? Move(PaymentIntentStatus from, PaymentIntentTrigger trigger) =>
        s_table.TryGetValue((from, trigger), out var to) ? to : null;

    /// <summary>Returns the trigger that corresponds to a settlement of an amount.</summary>
    public static PaymentIntentTrigger TriggerOf(SettlementKind kind, StoredPaymentIntent payment, long amount) => kind switch
    {
        SettlementKind.Capture => PaymentIntentTrigger.Capture,
        SettlementKind.Reversal => PaymentIntentTrigger.Reverse,
        _ => payment.RefundedAmount + amount == payment.CapturedAmount ? PaymentIntentTrigger.RefundRest : PaymentIntentTrigger.RefundPart,
    };
}
