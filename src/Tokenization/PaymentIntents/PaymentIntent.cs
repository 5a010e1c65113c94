using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>The statuses of a payment intent, spelled as Dojo spells them. Stored and sent by name.</summary>
public enum PaymentIntentStatus
{
    /// <summary>Exists; nothing was charged.</summary>
    Created,

    /// <summary>The issuer promised the money; none was taken.</summary>
    Authorized,

    /// <summary>The money was taken, or some of it, and not all of it given back.</summary>
    Captured,

    /// <summary>The promised money was let go before any was taken.</summary>
    Reversed,

    /// <summary>All that was taken has been given back.</summary>
    Refunded,

    /// <summary>It was deleted, or its lifetime ran out, before anything was charged.</summary>
    Canceled,
}

/// <summary>What happened to a payment intent. Stored by name.</summary>
public enum PaymentIntentEventType
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>The issuer promised the money.</summary>
    Authorized,

    /// <summary>The money was taken, or some of it.</summary>
    Captured,

    /// <summary>The promised money was let go.</summary>
    Reversed,

    /// <summary>Some of what was taken was given back.</summary>
    Refunded,

    /// <summary>The issuer declined, or the acquirer a settlement.</summary>
    Declined,

    /// <summary>It was deleted or has expired.</summary>
    Canceled,

    /// <summary>The issuer's side was asked, and its answer is not known.</summary>
    Unknown,

    /// <summary>The issuer's side could not be asked; nothing happened.</summary>
    Error,
}

/// <summary>One entry of a payment intent's history, written in the transaction that made it true.</summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who or what did it.</param>
/// <param name="Cause">Why, in a few words.</param>
/// <param name="TransactionId">Names the attempt to charge, where there was one.</param>
/// <param name="AuthCode">The issuer's approval code, where it approved.</param>
/// <param name="Amount">How much it moved, in minor units; null where it moved nothing.</param>
public sealed record PaymentIntentEvent(
    PaymentIntentEventType Type, DateTimeOffset At, string Actor, string Cause, string? TransactionId = null, string? AuthCode = null, long? Amount = null);

/// <summary>A payment intent as its tenant sees it.</summary>
/// <param name="Id"><c>pi_sandbox_</c> or <c>pi_prod_</c> and 22 base64url characters that tell nothing.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Amount">What is charged, without tip and service charge.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="SetupIntentId">The token that is charged; null where a shopper pays.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When its status last changed.</param>
/// <param name="ExpireAt">When it is canceled unless it is charged.</param>
/// <param name="Metadata">The merchant's own data, in the order it was sent.</param>
/// <param name="DetailsJson">The members that are given back as they were sent, as a JSON object; null when there are none.</param>
/// <param name="Card">The card of the token, or of the shopper, as far as it may be shown.</param>
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
    /// <summary>The amount that it was created with, where that was changed since; else null.</summary>
    public Money? RequestedAmount { get; init; }

    /// <summary>A tip, charged besides the amount; null for none.</summary>
    public Money? TipsAmount { get; init; }

    /// <summary>A service charge, charged besides the amount; null for none.</summary>
    public Money? ServiceChargeAmount { get; init; }

    /// <summary>What is charged altogether.</summary>
    public required Money TotalAmount { get; init; }

    /// <summary>What was given back, in minor units.</summary>
    public long RefundedAmount { get; init; }

    /// <summary>Whether a charge takes the money at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long promised money can be captured, where the creator said so.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What becomes of it then, where the creator said so.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>Its captures, no matter what became of them, oldest first.</summary>
    public IReadOnlyList<Settlement> Captures { get; init; } = [];

    /// <summary>The client session secret, for anyone who has just been given one.</summary>
    public ClientSecret? ClientSecret { get; init; }
}

/// <summary>What became of a charge.</summary>
public enum ChargeStatus
{
    /// <summary>The money was taken, or with manual capture promised, now or by an earlier call whose answer got lost.</summary>
    Successful,

    /// <summary>The issuer declined. The payment intent can be charged again.</summary>
    Declined,

    /// <summary>The issuer's side could not be asked; nothing happened. The payment intent can be charged again.</summary>
    Failed,

    /// <summary>The issuer's side was asked, and its answer is not known. Charging again asks what became of it.</summary>
    Unknown,
}

/// <summary>The answer to a charge.</summary>
/// <param name="PaymentIntentId">The payment intent.</param>
/// <param name="Status">What became of it.</param>
/// <param name="CaptureMode">Whether success means that the money was taken.</param>
public sealed record Charge(string PaymentIntentId, ChargeStatus Status, CaptureMode CaptureMode);
