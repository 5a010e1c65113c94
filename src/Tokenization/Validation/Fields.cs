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

    internal static readonly string[] InOrder = [Body, CardNumber, ExpiryDate, Reference, Description, Metadata];
}
