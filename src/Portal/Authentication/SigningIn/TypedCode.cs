using System.Globalization;
using System.Text;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Reads codes as people type and paste them: apps show <c>221 441</c>, messengers put other spaces and hyphens between, and some
/// keyboards write digits of other scripts.
/// </summary>
internal static class TypedCode
{
    /// <summary>More characters than any way to write a code has.</summary>
    public const int Longest = 100;
    private const int MinusSign = 0x2212;

    /// <summary>The digits of a code, as ASCII; null where there are not exactly so many, or something else is among them.</summary>
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

    /// <summary>The letters and digits of a code, in upper case and as ASCII; empty where something else but separators is among them.</summary>
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
