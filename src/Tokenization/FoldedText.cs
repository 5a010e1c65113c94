using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// Text as it is looked for: <c>MÜNCHEN</c>, <c>München</c> and <c>munchen</c> are the same. Case is folded letter by letter (simple case
/// folding of Unicode: both small sigmas are one, "ß" is not "ss", the dotless i of Turkish is not the dotted one), and marks are left
/// out, whether they are part of a letter or follow it (NFD without category Mn). Strokes are no marks: "ø" and "ł" stay. Index and
/// query are folded by this one function; what is stored and shown is not.
/// </summary>
public static class FoldedText
{
    /// <summary>The text folded. A text of marks alone stays as it is, so that it is not found everywhere.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Fold(rune).ToString());
            }
        }

        return folded.Length == 0 ? text : folded.ToString();
    }

    // Upper case first: letters with several small forms, such as sigma, have one capital.
    private static Rune Fold(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        return lower.IsBmp ? new Rune(LetterBases.Of((char)lower.Value)) : lower;
    }
}
