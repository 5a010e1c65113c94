using System.Globalization;
using System.Text;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Reads codes as people type and paste them: apps show <c>221 441</c>, messengers insert other spaces and hyphens, and some keyboards
/// write digits of other scripts.
/// </summary>
internal static class TypedCode
{
    /// <summary>The most characters that are read. No spelling of a code is longer.</summary>
    public const int Longest = 100;
    private const int MinusSign = 0x2212;

    /// <summary>Returns the digits of a code in ASCII; null if there are not exactly <paramref name="count"/>, or if there are characters other than separators.</summary>
    public static string? DigitsOf(string? typed, int count)
    {
        if (typed is null || typed.Length > Longest)
        {
            return null;
        }

        var digits = new StringBuilder(count);
        foreach (var rune in typed.EnumerateRunes().Where(rune => !IsSeparator(rune)))
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.DecimalDigitNumber || digits.Length == count)
            {
                return null;
            }

            digits.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        }

        return digits.Length == count ? digits.ToString() : null;
    }

    /// <summary>Returns the letters and digits of a code in upper case and ASCII; empty if there are other characters than separators.</summary>
    public static string LettersAndDigitsOf(string? typed)
    {
        if (typed is null || typed.Length > Longest)
        {
            return "";
        }

        var plain = string.Concat(Nfkc.Normalize(typed).EnumerateRunes().Where(rune => !IsSeparator(rune))).ToUpperInvariant();
        return plain.All(char.IsAsciiLetterOrDigit) ? plain : "";
    }

    // Spaces of every kind, line breaks, invisible characters, hyphens and dashes.
    private static bool IsSeparator(Rune rune) =>
        Rune.IsWhiteSpace(rune) || rune.Value == MinusSign || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.DashPunctuation;
}
