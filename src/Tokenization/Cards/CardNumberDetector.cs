using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Cards.Detection;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// Detects card numbers in text. Every field, log line and argument is scanned by this one detector. It reads digits of
/// every script, whatever separates their groups, and text that is percent-encoded or escaped for HTML or JSON. It
/// weighs prefix, length, check digit and grouping, and recognises dates, amounts, phone numbers, IBANs and other numbers
/// that are not cards. docs/card-detection.md has the rules and the measured rates of both kinds of error.
/// </summary>
/// <remarks>
/// The time depends only on the length of the text. Digits are copied only into memory that is zeroed. A text with fewer than
/// twelve digits takes a single pass and no memory.
/// </remarks>
public static class CardNumberDetector
{
    private const int OnStack = 512;

    // Longer texts are scanned in overlapping parts. The largest part fits a buffer, even if it must first be encoded to UTF-8.
    private const int MostBytes = 1 << 18;
    private const int MostCharacters = 1 << 16;
    private const int Overlap = 1 << 10;

    /// <summary>Whether the text contains a card number. Bytes that are not UTF-8 count as punctuation.</summary>
    public static bool ContainsCardNumber(ReadOnlySpan<byte> utf8)
    {
        if (HasTooFewDigits(utf8))
        {
            return false;
        }

        for (; utf8.Length > MostBytes; utf8 = utf8[(MostBytes - Overlap)..])
        {
            if (PartContains(utf8[..MostBytes]))
            {
                return true;
            }
        }

        return PartContains(utf8);
    }

    /// <summary>Whether the text contains a card number.</summary>
    public static bool ContainsCardNumber(ReadOnlySpan<char> text)
    {
        if (HasTooFewDigits(text))
        {
            return false;
        }

        for (; text.Length > MostCharacters; text = text[(MostCharacters - Overlap)..])
        {
            if (PartContains(text[..MostCharacters]))
            {
                return true;
            }
        }

        return PartContains(text);
    }

    // Counts everything that may represent a digit: ASCII digits, the percent signs of encoded ones, and characters beyond ASCII, which count once
    // each in UTF-16 as in UTF-8. An escaped digit contains at least two ASCII digits itself.
    private static bool HasTooFewDigits<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (text.Length < CardNumber.MinimumLength)
        {
            return true;
        }

        var digits = 0;
        var beyondAscii = T.CreateTruncating(typeof(T) == typeof(byte) ? 0xC0 : 0x80);
        foreach (var unit in text)
        {
            digits += (unit >= T.CreateTruncating('0') && unit <= T.CreateTruncating('9')) || unit == T.CreateTruncating('%') || unit >= beyondAscii ? 1 : 0;
        }

        return digits < CardNumber.MinimumLength;
    }

    private static bool PartContains(ReadOnlySpan<char> text)
    {
        using var buffer = SecretBuffer.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        return PartContains(buffer.Span[..Encoding.UTF8.GetBytes(text, buffer.Span)]);
    }

    private static bool PartContains(ReadOnlySpan<byte> utf8)
    {
        using var large = utf8.Length > OnStack ? SecretBuffer.Rent(utf8.Length) : null;
        Span<byte> small = stackalloc byte[large is null ? utf8.Length : 0];
        var work = large is null ? small : large.Span;
        try
        {
            return DigitsContain(utf8, work) || (EncodedText.MayBeEncoded(utf8) && DecodedContains(utf8, work));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(small);
        }
    }

    // Scans after each round, because decoding once too often may hide a number again.
    private static bool DecodedContains(ReadOnlySpan<byte> utf8, Span<byte> work)
    {
        using var buffer = SecretBuffer.Rent(utf8.Length);
        utf8.CopyTo(buffer.Span);
        var text = buffer.Span[..utf8.Length];
        for (var round = 0; round < EncodedText.MostLayers; round++)
        {
            var length = EncodedText.DecodeInPlace(text);
            if (length == text.Length)
            {
                return false;
            }

            text = text[..length];
            if (DigitsContain(text, work))
            {
                return true;
            }
        }

        return false;
    }

    private static bool DigitsContain(ReadOnlySpan<byte> utf8, Span<byte> work)
    {
        var plain = work[..PlainText.Write(utf8, work, out var longestRun)];
        if (longestRun < CardNumber.MinimumLength)
        {
            return false;
        }

        KnownForms.Mark(plain);
        return CardCandidates.ContainCard(DigitRuns.Compress(plain));
    }
}
