using System.Text;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>Ranges of texts in the order of an index over UTF-8.</summary>
internal static class TextRange
{
    private const int LastCodePoint = 0x10FFFF;

    /// <summary>Returns the first text after all texts that begin with a prefix.</summary>
    public static string EndOf(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == LastCodePoint)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        if (runes.Count == 0)
        {
            // Only a text that is longer than any reference sorts after the prefix.
            return string.Concat(Enumerable.Repeat(new Rune(LastCodePoint).ToString(), TokenSearch.LongestText + 1));
        }

        // Surrogate code points are not characters.
        var next = runes[^1].Value + 1;
        runes[^1] = new Rune(next is >= 0xD800 and <= 0xDFFF ? 0xE000 : next);
        return string.Concat(runes);
    }
}
