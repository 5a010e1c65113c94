using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// Folds text for search: <c>MÜNCHEN</c>, <c>München</c> and <c>munchen</c> are the same. Case is folded letter by letter (Unicode simple
/// case folding: both small sigmas are one, "ß" is not "ss", the Turkish dotless i is not the dotted one), and marks are removed,
/// whether they are part of a letter or follow it (NFD without category Mn). Strokes are not marks: "ø" and "ł" stay. This one function
/// folds the index and the query; the stored and displayed text is not folded.
/// </summary>
public static class FoldedText
{
    /// <summary>Folds a text. A text that consists only of marks stays unchanged, because an empty text would match everything.</summary>
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

    // Converts to upper case first, because letters with several small forms, such as sigma, have one capital.
    private static Rune Fold(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        return lower.IsBmp ? new Rune(LetterBases.Of((char)lower.Value)) : lower;
    }
}
