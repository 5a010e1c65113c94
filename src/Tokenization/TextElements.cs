using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// Cuts texts where a reader sees the end of a character: never between the halves of a surrogate pair, nor between a letter and its
/// accents, nor inside an emoji of several parts (UAX #29).
/// </summary>
public static class TextElements
{
    /// <summary>As many whole characters from the start of a text as have no more code points than <paramref name="longest"/>.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var (end, codePoints) = (0, 0);
        while (end < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            codePoints += CountCodePoints(text.AsSpan(end, next));
            if (codePoints > longest)
            {
                break;
            }

            end += next;
        }

        return text[..end];
    }

    /// <summary>The first character, as a mark for a name; empty for an empty text.</summary>
    public static string First(string text) => text[..StringInfo.GetNextTextElementLength(text)];

    /// <summary>The length of a text in code points, as the limits of the API count.</summary>
    public static int CountCodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
