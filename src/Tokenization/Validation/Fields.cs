namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The field names that error bodies use: PascalCase, as the seed's example shows.</summary>
public static class Fields
{
    /// <summary>The body as a whole.</summary>
    public const string Body = "Body";

    /// <summary>The card number.</summary>
    public const string CardNumber = "CardNumber";

    /// <summary>The card's expiry.</summary>
    public const string ExpiryDate = "ExpiryDate";

    /// <summary>The merchant's reference.</summary>
    public const string Reference = "Reference";

    /// <summary>The description.</summary>
    public const string Description = "Description";

    /// <summary>The metadata, as a whole: a broken entry is never named.</summary>
    public const string Metadata = "Metadata";

    /// <summary>The terms the customer agrees to.</summary>
    public const string Terms = "Terms";

    /// <summary>What the merchant may initiate.</summary>
    public const string MerchantInitiatedTransactionType = "MerchantInitiatedTransactionType";

    /// <summary>When a setup intent expires unless it is authorized.</summary>
    public const string ExpireAt = "ExpireAt";

    /// <summary>The amount intended to be collected.</summary>
    public const string IntendedAmount = "IntendedAmount";

    /// <summary>The amount to charge.</summary>
    public const string Amount = "Amount";

    /// <summary>A tip in addition to the amount.</summary>
    public const string TipsAmount = "TipsAmount";

    /// <summary>A service charge in addition to the amount.</summary>
    public const string ServiceChargeAmount = "ServiceChargeAmount";

    /// <summary>Whether a charge captures the amount at once.</summary>
    public const string CaptureMode = "CaptureMode";

    /// <summary>How long an authorized amount can be captured.</summary>
    public const string AutoExpireIn = "AutoExpireIn";

    /// <summary>What happens to an authorized amount that is not captured in time.</summary>
    public const string AutoExpireAction = "AutoExpireAction";

    /// <summary>The token to charge.</summary>
    public const string SetupIntentId = "SetupIntentId";

    /// <summary>The events of a subscription.</summary>
    public const string Events = "Events";

    /// <summary>Where events are sent.</summary>
    public const string Url = "Url";

    // Errors are sorted in this order. Fields that are not listed come first (their index is -1), in the order their errors were found.
    internal static readonly string[] InOrder =
        [Body, CardNumber, ExpiryDate, Reference, Description, Metadata, Terms, MerchantInitiatedTransactionType, ExpireAt, IntendedAmount];

    /// <summary>The field name of a property: the property's name with its first letter in upper case.</summary>
    public static string Of(string property) => string.Concat(property[..1].ToUpperInvariant(), property.AsSpan(1));
}
