using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Reduces a text to the few characters that the detector distinguishes, one byte each: digits of all scripts become 0 to 9, letters
/// become upper case, white space becomes a space, and everything else becomes punctuation. Invisible characters are left out.
/// </summary>
internal static class PlainText
{
    /// <summary>Set on characters that belong to a known form.</summary>
    public const byte Marked = 0x80;

    // Stands for all letters beyond ASCII, which the detector does not distinguish.
    private const byte OtherLetter = 0x7F;
    private const byte OtherSymbol = (byte)'*';

    /// <summary>Writes the plain text and returns its length.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="plain">The destination, at least as long as the text.</param>
    /// <param name="longestRun">The length of the longest run of digits without a letter in between.</param>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> plain, out int longestRun)
    {
        var (written, run) = (0, 0);
        longestRun = 0;
        for (var read = 0; read < utf8.Length;)
        {
            var (character, length) = utf8[read] < 0x80 ? (OfAscii(utf8[read]), 1) : OfOther(utf8[read..]);
            read += length;
            if (character == 0)
            {
                continue;
            }

            plain[written++] = character;
            if (IsDigit(character))
            {
                longestRun = Math.Max(longestRun, ++run);
            }
            else if (IsLetter(character))
            {
                run = 0;
            }
        }

        return written;
    }

    /// <summary>Returns the character at a place, without its mark; 0 before the beginning or after the end of the text.</summary>
    public static byte At(ReadOnlySpan<byte> plain, int place) => (uint)place < (uint)plain.Length ? (byte)(plain[place] & ~Marked) : (byte)0;

    /// <summary>Returns whether there is a digit at a place, in a known form or not.</summary>
    public static bool IsDigitAt(ReadOnlySpan<byte> plain, int place) => IsDigit(At(plain, place));

    /// <summary>Returns whether there is a digit at a place that belongs to no known form.</summary>
    public static bool IsFreeDigitAt(ReadOnlySpan<byte> plain, int place) => (uint)place < (uint)plain.Length && IsDigit(plain[place]);

    /// <summary>Returns the number of consecutive digits from a place on.</summary>
    public static int DigitsAt(ReadOnlySpan<byte> plain, int place)
    {
        var end = plain[place..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? plain.Length - place : end;
    }

    public static bool IsDigit(byte character) => character is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetter(byte character) => character is (>= (byte)'A' and <= (byte)'Z') or OtherLetter;

    public static bool IsLetterOrDigit(byte character) => IsDigit(character) || IsLetter(character);

    private static byte OfAscii(byte character) => character switch
    {
        >= (byte)'a' and <= (byte)'z' => (byte)(character - 'a' + 'A'),
        <= (byte)' ' or 0x7F => (byte)' ',
        _ => character,
    };

    private static (byte Character, int Length) OfOther(ReadOnlySpan<byte> utf8)
    {
        var isValid = Rune.DecodeFromUtf8(utf8, out var rune, out var length) == OperationStatus.Done;
        return (isValid ? Of(rune) : OtherSymbol, length);
    }

    private static byte Of(Rune rune)
    {
        if (rune.Value is >= 0xFF01 and <= 0xFF5E) // full-width forms of ASCII
        {
            return OfAscii((byte)(rune.Value - 0xFF00 + ' '));
        }

        if (rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0) // Hangul fillers: letters without a visible shape
        {
            return 0;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => OfNumber(Rune.GetNumericValue(rune)),
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.SpacingCombiningMark => OtherLetter,
            UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control => (byte)' ',
            UnicodeCategory.DashPunctuation => (byte)'-',
            _ => OtherSymbol,
        };
    }

    // Fractions, and circled numbers above nine, are not digits of a number.
    private static byte OfNumber(double value) => value is >= 0 and <= 9 && value == Math.Floor(value) ? (byte)('0' + (int)value) : OtherLetter;
}
