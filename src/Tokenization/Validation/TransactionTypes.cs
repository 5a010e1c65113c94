using System.Text;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The transactions that a merchant may initiate with a token.</summary>
internal static class TransactionTypes
{
    public const string NoShow = "NoShow";

    /// <summary>Charges at any time, and more than one if the location allows it.</summary>
    public const string Unscheduled = "Unscheduled";

    /// <summary>Returns the type as Dojo writes it, regardless of the case in which it was sent; null for any other text.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8) =>
        Ascii.EqualsIgnoreCase(utf8, NoShow) ? NoShow
        : Ascii.EqualsIgnoreCase(utf8, Unscheduled) ? Unscheduled
        : null;
}
