using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>What became of a settlement, spelled as Dojo spells the status of a capture. Stored and sent by name.</summary>
public enum SettlementStatus
{
    /// <summary>It has no end yet: it is under way, or its outcome is not known.</summary>
    Created,

    /// <summary>The money was moved, or let go.</summary>
    Successful,

    /// <summary>The acquirer refused it for good. Nothing was moved.</summary>
    Declined,

    /// <summary>The acquirer could not be asked. Nothing was moved, and it can be asked for again.</summary>
    Failed,
}

/// <summary>A capture, reversal or refund as its tenant sees it.</summary>
/// <param name="Id">
/// <c>cp_</c>, <c>rvs_</c> or <c>rfnd_</c>, the environment, and 22 base64url characters that tell nothing.
/// </param>
/// <param name="PaymentIntentId">What it is of.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Amount">How much it moves, in minor units, the tip of a capture included.</param>
/// <param name="TipsAmount">The tip in it, in minor units.</param>
/// <param name="Reason">Why, where the caller said so.</param>
/// <param name="Notes">More about it, where the caller said so.</param>
/// <param name="CreatedAt">When it was asked for.</param>
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

/// <summary>A wish to settle, in which every rule of form holds.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Amount">How much, in minor units, the tip of a capture included; 0 of a reversal, which is of all.</param>
/// <param name="TipsAmount">The tip in it, in minor units.</param>
/// <param name="Reason">Why.</param>
/// <param name="Notes">More about it.</param>
internal sealed record SettlementWish(SettlementKind Kind, long Amount = 0, long TipsAmount = 0, string? Reason = null, string? Notes = null)
{
    /// <summary>Whether time brings it about: then it is not too late for it.</summary>
    public bool IsByTime { get; init; }

    /// <summary>Whether a stored settlement is of this wish.</summary>
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
