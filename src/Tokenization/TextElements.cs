using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// Cuts text only at the boundaries of user-perceived characters: never between the halves of a surrogate pair, between a letter and its
/// accents, or inside an emoji of several parts (UAX #29).
/// </summary>
public static class TextElements
{
    /// <summary>Returns as many whole characters from the start of a text as fit into <paramref name="longest"/> code points.</summary>
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

    /// <summary>Returns the first character, which serves as an initial for a name; empty for an empty text.</summary>
    public static string First(string text) => text[..StringInfo.GetNextTextElementLength(text)];

    /// <summary>Counts the code points of a text, the unit of the API's limits.</summary>
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
