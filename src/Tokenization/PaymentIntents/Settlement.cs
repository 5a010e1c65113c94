using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>The status of a settlement, spelled as Dojo spells the status of a capture. Stored and sent by name.</summary>
public enum SettlementStatus
{
    /// <summary>It is open: in progress, or its outcome is not known.</summary>
    Created,

    /// <summary>The money was captured or refunded, or the authorization reversed.</summary>
    Successful,

    /// <summary>The acquirer refused it for good. No money was moved.</summary>
    Declined,

    /// <summary>The acquirer could not be asked. No money was moved, and the settlement can be requested again.</summary>
    Failed,
}

/// <summary>A capture, reversal or refund as its tenant sees it.</summary>
/// <param name="Id">
/// <c>cp_</c>, <c>rvs_</c> or <c>rfnd_</c>, the environment, and 22 opaque base64url characters.
/// </param>
/// <param name="PaymentIntentId">The id of the payment intent.</param>
/// <param name="Kind">Whether it is a capture, a reversal or a refund.</param>
/// <param name="Status">The status.</param>
/// <param name="Amount">The amount, in minor units, including the tip of a capture.</param>
/// <param name="TipsAmount">The part of the amount that is a tip, in minor units.</param>
/// <param name="Reason">The caller's reason; null for none.</param>
/// <param name="Notes">The caller's notes; null for none.</param>
/// <param name="CreatedAt">When it was requested.</param>
public sealed record Settlement(
    string Id,
    string PaymentIntentId,
    SettlementKind Kind,
    SettlementStatus Status,
    long Amount,
    long TipsAmount,
    string? Reason,
    string? Notes,
    DateTimeOffset CreatedAt);

/// <summary>A requested settlement, which satisfies every rule of form.</summary>
/// <param name="Kind">Whether to capture, reverse or refund.</param>
/// <param name="Amount">The amount, in minor units, including the tip of a capture; 0 for a reversal, which always covers everything.</param>
/// <param name="TipsAmount">The part of the amount that is a tip, in minor units.</param>
/// <param name="Reason">The caller's reason; null for none.</param>
/// <param name="Notes">The caller's notes; null for none.</param>
internal sealed record SettlementWish(SettlementKind Kind, long Amount = 0, long TipsAmount = 0, string? Reason = null, string? Notes = null)
{
    /// <summary>Whether the service makes it because the time to capture is over. If so, that deadline does not apply to it.</summary>
    public bool IsByTime { get; init; }

    /// <summary>Whether a stored settlement was made from an equal request.</summary>
    public bool IsOf(StoredSettlement stored) =>
        stored.Kind == Kind && (Kind == SettlementKind.Reversal || (stored.Amount == Amount && stored.TipsAmount == TipsAmount))
        && stored.Reason == Reason && stored.Notes == Notes;
}

/// <summary>A settlement as it is stored.</summary>
internal sealed record StoredSettlement(
    long RecordId,
    long PaymentIntentRecordId,
    SettlementKind Kind,
    SettlementStatus Status,
    long Amount,
    long TipsAmount,
    string TransactionId,
    string Actor,
    byte[]? KeyHash,
    string? Reason,
    string? Notes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? Until);
