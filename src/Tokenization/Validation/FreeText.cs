using System.Text;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules that every text a merchant may write has to keep, judged on bytes: a text with a card number in it never becomes a string.</summary>
internal static class FreeText
{
    /// <summary>Length in characters as JSON Schema counts them: Unicode code points, not UTF-16 units.</summary>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        var continuationBytes = 0;
        foreach (var b in utf8)
        {
            continuationBytes += (b & 0xC0) == 0x80 ? 1 : 0;
        }

        return utf8.Length - continuationBytes;
    }

    /// <summary>The text, or null with an error for each rule it breaks.</summary>
    public static string? Judge(FieldErrors errors, string field, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Contains((byte)0))
        {
            errors.Add(field, $"The {field} field must not contain the NUL character.");
        }

        if (CardNumberDetector.ContainsCardNumber(utf8))
        {
            errors.Add(field, $"The {field} field must not contain a card number. If it is another number, put letters between its digits.");
        }

        return errors.Has(field) ? null : Encoding.UTF8.GetString(utf8);
    }
}
