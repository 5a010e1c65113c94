using System.Text;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>What a merchant may initiate with a token.</summary>
internal static class TransactionTypes
{
    public const string NoShow = "NoShow";

    /// <summary>Charges at any time, and, where the location allows it, more than one.</summary>
    public const string Unscheduled = "Unscheduled";

    /// <summary>The type as Dojo writes it, no matter what case it was sent in; null for others.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8) =>
        Ascii.EqualsIgnoreCase(utf8, NoShow) ? NoShow
        : Ascii.EqualsIgnoreCase(utf8, Unscheduled) ? Unscheduled
        : null;
}
