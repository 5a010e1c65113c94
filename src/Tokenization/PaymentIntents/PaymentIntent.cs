using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>The status of a payment intent, spelled as Dojo spells it. Stored and sent by name.</summary>
public enum PaymentIntentStatus
{
    /// <summary>It exists, and nothing was charged.</summary>
    Created,

    /// <summary>The issuer authorized the amount, and nothing was captured.</summary>
    Authorized,

    /// <summary>All or part of the amount was captured, and not all of that was refunded.</summary>
    Captured,

    /// <summary>The authorization was reversed before anything was captured.</summary>
    Reversed,

    /// <summary>The whole captured amount was refunded.</summary>
    Refunded,

    /// <summary>It was deleted or expired before anything was charged.</summary>
    Canceled,
}

/// <summary>The type of an event in the history of a payment intent. Stored by name.</summary>
public enum PaymentIntentEventType
{
    /// <summary>The payment intent was created.</summary>
    Created,

    /// <summary>The issuer authorized the amount.</summary>
    Authorized,

    /// <summary>All or part of the amount was captured.</summary>
    Captured,

    /// <summary>The authorization was reversed.</summary>
    Reversed,

    /// <summary>All or part of the captured amount was refunded.</summary>
    Refunded,

    /// <summary>The issuer declined a charge, or the acquirer declined a settlement.</summary>
    Declined,

    /// <summary>The payment intent was deleted or expired.</summary>
    Canceled,

    /// <summary>The issuer's side was asked, and its answer is not known.</summary>
    Unknown,

    /// <summary>The issuer's side could not be asked, and nothing happened.</summary>
    Error,
}

/// <summary>An event in a payment intent's history, written in the transaction of the change that it records.</summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who or what caused it.</param>
/// <param name="Cause">The cause, in a few words.</param>
/// <param name="TransactionId">The id of the charge attempt or settlement; null when there was none.</param>
/// <param name="AuthCode">The issuer's approval code; null unless it approved.</param>
/// <param name="Amount">The amount authorized, captured, reversed or refunded, in minor units; null for other events.</param>
public sealed record PaymentIntentEvent(
    PaymentIntentEventType Type, DateTimeOffset At, string Actor, string Cause, string? TransactionId = null, string? AuthCode = null, long? Amount = null);

/// <summary>A payment intent as its tenant sees it.</summary>
/// <param name="Id"><c>pi_sandbox_</c> or <c>pi_prod_</c> and 22 opaque base64url characters.</param>
/// <param name="Status">The status.</param>
/// <param name="Amount">The amount to charge, without tip and service charge.</param>
/// <param name="Reference">The merchant's reference for the payment.</param>
/// <param name="SetupIntentId">The token to charge; null when a shopper or a saved card pays.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When its status or its amounts last changed.</param>
/// <param name="ExpireAt">When it is canceled unless it is charged before.</param>
/// <param name="Metadata">The merchant's own data, in the order in which it was sent.</param>
/// <param name="DetailsJson">The members that are returned as they were sent, as a JSON object; null when there are none.</param>
/// <param name="Card">The displayable card: that of the token, the shopper's, or the saved one; null when none is known.</param>
/// <param name="Events">Its history, oldest first.</param>
public sealed record PaymentIntent(
    string Id,
    PaymentIntentStatus Status,
    Money Amount,
    string Reference,
    string? SetupIntentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ExpireAt,
    IReadOnlyDictionary<string, string>? Metadata,
    string? DetailsJson,
    ShownCard? Card,
    IReadOnlyList<PaymentIntentEvent> Events)
{
    /// <summary>The amount at creation; null when it is still the same.</summary>
    public Money? RequestedAmount { get; init; }

    /// <summary>The tip, charged in addition to the amount; null for none.</summary>
    public Money? TipsAmount { get; init; }

    /// <summary>The service charge, charged in addition to the amount; null for none.</summary>
    public Money? ServiceChargeAmount { get; init; }

    /// <summary>The total to charge.</summary>
    public required Money TotalAmount { get; init; }

    /// <summary>The refunded amount, in minor units.</summary>
    public long RefundedAmount { get; init; }

    /// <summary>Whether a charge captures the amount at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long the authorization can be captured; null when the creator did not say.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What happens to the authorization after that time; null when the creator did not say.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>Its captures in any status, oldest first. Empty unless the capture mode is manual.</summary>
    public IReadOnlyList<Settlement> Captures { get; init; } = [];

    /// <summary>The client session secret; null unless this answer issues or shows one.</summary>
    public ClientSecret? ClientSecret { get; init; }
}

/// <summary>The outcome of a charge.</summary>
public enum ChargeStatus
{
    /// <summary>The amount was captured, or with manual capture authorized, now or by an earlier call whose answer was lost.</summary>
    Successful,

    /// <summary>The issuer declined. The payment intent can be charged again.</summary>
    Declined,

    /// <summary>The issuer's side could not be asked, and nothing happened. The payment intent can be charged again.</summary>
    Failed,

    /// <summary>The issuer's side was asked, and its answer is not known. Charging again asks what became of it.</summary>
    Unknown,
}

/// <summary>The answer to a charge.</summary>
/// <param name="PaymentIntentId">The id of the payment intent.</param>
/// <param name="Status">The outcome.</param>
/// <param name="CaptureMode">Whether success means that the amount was captured or only authorized.</param>
public sealed record Charge(string PaymentIntentId, ChargeStatus Status, CaptureMode CaptureMode);
