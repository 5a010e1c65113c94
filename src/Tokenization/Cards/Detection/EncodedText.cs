using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Undoes the ways in which text is encoded on its way through addresses, pages and programs: percent-encoding (RFC 3986, also
/// <c>%uXXXX</c>), character references of HTML, and the escapes of JSON and of programming languages. Base64 is not undone: it is
/// an encoding of bytes, and any word may be some.
/// </summary>
internal static class EncodedText
{
    /// <summary>How often a text may be encoded one upon another, and still be seen through.</summary>
    public const int MostLayers = 5;

    private const int LongestReference = 32; // of HTML's names, and more than any number

    /// <summary>Whether there is anything to decode.</summary>
    public static bool MayBeEncoded(ReadOnlySpan<byte> utf8) => utf8.ContainsAny((byte)'%', (byte)'&', (byte)'\\');

    /// <summary>Undoes one layer. Nothing gets longer by it. Returns the length of what is left; the same length when nothing was encoded.</summary>
    public static int DecodeInPlace(Span<byte> utf8)
    {
        var (read, written) = (0, 0);
        while (read < utf8.Length)
        {
            var (value, length, isByte) = utf8[read] switch
            {
                (byte)'%' => Percent(utf8[read..]),
                (byte)'&' => Reference(utf8[read..]),
                (byte)'\\' => Escape(utf8[read..]),
                _ => default,
            };
            if (length == 0)
            {
                utf8[written++] = utf8[read++];
                continue;
            }

            read += length;
            if (isByte)
            {
                utf8[written++] = (byte)value;
            }
            else
            {
                written += (Rune.TryCreate(value, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(utf8[written..read]);
            }
        }

        return written;
    }

    // Three bytes for one, or "%u" and four digits.
    private static (int Value, int Length, bool IsByte) Percent(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] is (byte)'u' or (byte)'U')
        {
            return Hex(text, 2, 4) is var unit and >= 0 ? (unit, 6, false) : default;
        }

        // What would be a control character is more likely a percent sign between numbers.
        var value = Hex(text, 1, 2);
        return value is >= ' ' or '\t' or '\r' or '\n' ? (value, 3, true) : default;
    }

    private static (int Value, int Length, bool IsByte) Reference(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] == '#')
        {
            return NumericReference(text);
        }

        // No name stands for a digit. Most stand for spaces and punctuation.
        var end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
        return end > 2 && text[1..end].IndexOfAnyExceptInRange((byte)'A', (byte)'z') < 0 ? (' ', end + 1, true) : default;
    }

    // Browsers read these without their semicolon too.
    private static (int Value, int Length, bool IsByte) NumericReference(ReadOnlySpan<byte> text)
    {
        var isHex = text.Length > 2 && text[2] is (byte)'x' or (byte)'X';
        var start = isHex ? 3 : 2;
        var end = start;
        while (end < text.Length && end < LongestReference && (isHex ? char.IsAsciiHexDigit((char)text[end]) : char.IsAsciiDigit((char)text[end])))
        {
            end++;
        }

        return int.TryParse(text[start..end], isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (value, end + (end < text.Length && text[end] == ';' ? 1 : 0), false)
            : default;
    }

    private static (int Value, int Length, bool IsByte) Escape(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return default;
        }

        switch (text[1])
        {
            case (byte)'u' when text.Length > 2 && text[2] == '{':
                var end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)'}');
                return end > 3 && int.TryParse(text[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) ? (point, end + 1, false) : default;
            case (byte)'u':
                return Hex(text, 2, 4) is var unit and >= 0 ? (unit, 6, false) : default;
            case (byte)'U':
                return Hex(text, 2, 8) is var rune and >= 0 ? (rune, 10, false) : default;
            case (byte)'x':
                return Hex(text, 2, 2) is var value and >= 0 ? (value, 4, false) : default;
            case (byte)'n' or (byte)'r' or (byte)'t':
                return (' ', 2, true);
            case (byte)'\\' or (byte)'/' or (byte)'"' or (byte)'\'':
                return (text[1], 2, true);
            default:
                return default;
        }
    }

    private static int Hex(ReadOnlySpan<byte> text, int start, int digits) =>
        text.Length >= start + digits && int.TryParse(text.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
