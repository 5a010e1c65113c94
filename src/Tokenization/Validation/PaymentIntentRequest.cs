namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A request for a payment intent in which every rule of form holds; only <see cref="PaymentIntentValidator"/> makes one.</summary>
public sealed class PaymentIntentRequest
{
    internal PaymentIntentRequest()
    {
    }

    /// <summary>What is to be charged, without tip and service charge.</summary>
    public required Money Amount { get; init; }

    /// <summary>The merchant's own name for the payment, 1 to 60 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>A tip, in minor units of the amount's currency; charged besides it.</summary>
    public long TipsAmount { get; init; }

    /// <summary>A service charge, in minor units of the amount's currency; charged besides it.</summary>
    public long ServiceChargeAmount { get; init; }

    /// <summary>Whether a charge takes the money at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long promised money can be captured; null for the default.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What becomes of it then; null for the default.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>The token to charge; null where a shopper is to pay.</summary>
    public string? SetupIntentId { get; init; }

    /// <summary>The customer who pays with a saved card; null where none is named.</summary>
    public PayingCustomer? SavedCard { get; init; }

    /// <summary>At most 50 entries; null when none were sent.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When it is to be voided unless it is charged; null for the default.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>The properties that are kept as they were sent and given back, as a JSON object; null when there are none.</summary>
    public string? DetailsJson { get; init; }
}
