using System.Text;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules that every text a merchant may write has to keep, validated on bytes: a text with a card number in it never becomes a string.</summary>
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
    /// <param name="errors">Takes the errors.</param>
    /// <param name="field">The field that the text is in.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="form">What the field is for: a text of that form is not taken for a card number.</param>
    public static string? Validate(FieldErrors errors, string field, ReadOnlySpan<byte> utf8, TextForm form = TextForm.Free)
    {
        if (utf8.Contains((byte)0))
        {
            errors.Add(field, $"The {field} field must not contain the NUL character.");
        }

        if (!form.Has(utf8) && CardNumberDetector.ContainsCardNumber(utf8))
        {
            errors.Add(field, $"The {field} field must not contain a card number. If it is another number, put letters between its digits.");
        }

        return errors.Has(field) ? null : Encoding.UTF8.GetString(utf8);
    }
}
