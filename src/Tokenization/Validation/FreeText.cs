using System.Text;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for every text that a merchant may write. They are checked on bytes, so that a text with a card number never becomes a string.</summary>
internal static class FreeText
{
    /// <summary>The length in characters as JSON Schema counts them: Unicode code points, not UTF-16 units.</summary>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        var continuationBytes = 0;
        foreach (var b in utf8)
        {
            continuationBytes += (b & 0xC0) == 0x80 ? 1 : 0;
        }

        return utf8.Length - continuationBytes;
    }

    /// <summary>Returns the text; null when its field has an error, after adding one for each rule that the text breaks.</summary>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="field">The field that holds the text.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="form">The form that the field usually has. A text of this form is not mistaken for a card number.</param>
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
