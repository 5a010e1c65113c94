namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request for a payment intent. Only <see cref="PaymentIntentValidator"/> creates one.</summary>
public sealed class PaymentIntentRequest
{
    internal PaymentIntentRequest()
    {
    }

    /// <summary>The amount to charge, without tip and service charge.</summary>
    public required Money Amount { get; init; }

    /// <summary>The merchant's own name for the payment, 1 to 60 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>The tip, in minor units of the amount's currency; charged in addition to the amount.</summary>
    public long TipsAmount { get; init; }

    /// <summary>The service charge, in minor units of the amount's currency; charged in addition to the amount.</summary>
    public long ServiceChargeAmount { get; init; }

    /// <summary>Whether a charge captures the amount at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long an authorized amount can be captured; null for the default.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What happens to an authorized amount that is not captured in time; null for the default.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>The id of the token to charge; null when the request names none.</summary>
    public string? SetupIntentId { get; init; }

    /// <summary>The customer who pays with a saved card; null when the request names none.</summary>
    public PayingCustomer? SavedCard { get; init; }

    /// <summary>The metadata, at most 50 entries; null when none was sent.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When the payment intent is canceled unless it is charged; null for the default.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>The properties that are stored and returned as they were sent, as a JSON object; null when there are none.</summary>
    public string? DetailsJson { get; init; }
}
