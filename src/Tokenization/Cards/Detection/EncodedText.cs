using System.Globalization;
using System.Text;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Decodes the ways in which text is encoded in addresses, pages and programs: percent-encoding (RFC 3986, also
/// <c>%uXXXX</c>), character references of HTML, and the escapes of JSON and of programming languages. Base64 is not decoded: it
/// encodes bytes, and any word may be valid Base64.
/// </summary>
internal static class EncodedText
{
    /// <summary>The most layers of encoding that are decoded.</summary>
    public const int MostLayers = 5;

    private const int LongestReference = 32; // covers the names of HTML, and more than any number needs

    /// <summary>Returns whether there may be anything to decode.</summary>
    public static bool MayBeEncoded(ReadOnlySpan<byte> utf8) => utf8.ContainsAny((byte)'%', (byte)'&', (byte)'\\');

    /// <summary>Decodes one layer, which never makes the text longer. Returns the new length; the same length if nothing was encoded.</summary>
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

    // Decodes a percent sign with two hex digits to a byte, or "%u" with four to a character.
    private static (int Value, int Length, bool IsByte) Percent(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] is (byte)'u' or (byte)'U')
        {
            return Hex(text, 2, 4) is var unit and >= 0 ? (unit, 6, false) : default;
        }

        // A value that would be a control character is more likely a percent sign between numbers.
        var value = Hex(text, 1, 2);
        return value is >= ' ' or '\t' or '\r' or '\n' ? (value, 3, true) : default;
    }

    private static (int Value, int Length, bool IsByte) Reference(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] == '#')
        {
            return NumericReference(text);
        }

        // No name stands for a digit, and most stand for spaces and punctuation, so each becomes a space.
        var end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
        return end > 2 && text[1..end].IndexOfAnyExceptInRange((byte)'A', (byte)'z') < 0 ? (' ', end + 1, true) : default;
    }

    // Browsers accept these without the semicolon too.
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
