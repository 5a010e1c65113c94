using System.Globalization;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Reads whole numbers in JSON in any notation: <c>1000</c>, <c>1000.0</c> and <c>1e3</c> are the same number (RFC 8259 section 6).</summary>
public static class WholeNumber
{
    private const int MostExponent = 10_000; // beyond any number that can occur here, regardless of its digits

    /// <summary>Reads the number that the reader is at. Returns false for other types, for numbers with a fraction, and for numbers beyond 64 bits.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number && (reader.TryGetInt64(out number) || TryParse(reader.ValueSpan, out number));
    }

    // Parses exactly: a floating-point number or a decimal would round a small fraction away.
    private static bool TryParse(ReadOnlySpan<byte> json, out long number)
    {
        var isNegative = json[0] == '-';
        var at = json.IndexOfAny((byte)'e', (byte)'E');
        var digits = at < 0 ? json : json[..at];
        var exponent = at < 0 ? 0 : ExponentIn(json[(at + 1)..]);
        var point = digits.IndexOf((byte)'.');
        exponent -= point < 0 ? 0 : digits.Length - point - 1;

        number = 0;
        var zeros = 0;
        foreach (var digit in digits)
        {
            if (digit is (byte)'-' or (byte)'.')
            {
                continue;
            }

            zeros++; // powers of ten to scale by: the pending zeros and this digit's own place
            if (digit != '0')
            {
                if (!TryScale(ref number, zeros) || number > long.MaxValue - (digit - '0'))
                {
                    return false;
                }

                number += digit - '0';
                zeros = 0;
            }
        }

        exponent += zeros;
        if (number != 0 && (exponent < 0 || !TryScale(ref number, exponent)))
        {
            return false;
        }

        number = isNegative ? -number : number;
        return true;
    }

    private static int ExponentIn(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? Math.Clamp(exponent, -MostExponent, MostExponent)
            : text[0] == '-' ? -MostExponent : MostExponent;

    private static bool TryScale(ref long number, int powerOfTen)
    {
        for (; powerOfTen > 0 && number != 0; powerOfTen--)
        {
            if (number > long.MaxValue / 10)
            {
                return false;
            }

            number *= 10;
        }

        return true;
    }
}
