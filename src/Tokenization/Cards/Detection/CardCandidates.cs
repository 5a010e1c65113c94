using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Checks every stretch of 12 to 19 digits that has an issuer's prefix, a length of that issuer, and a valid check digit. Its position and grouping
/// in the text decide, because one in forty random numbers of sixteen digits has all of these.
/// </summary>
internal static class CardCandidates
{
    private const int FewestInOddGroups = 14;

    /// <summary>Returns whether any stretch of the digits is a card number.</summary>
    /// <param name="digits">The digits, as <see cref="DigitRuns"/> encodes them.</param>
    public static bool ContainCard(ReadOnlySpan<byte> digits)
    {
        for (var start = 0; start < digits.Length;)
        {
            var end = start + 1;
            while (end < digits.Length && (digits[end] & DigitRuns.BeginsRun) == 0)
            {
                end++;
            }

            if (RunContainsCard(digits[start..end]))
            {
                return true;
            }

            start = end;
        }

        return false;
    }

    private static bool RunContainsCard(ReadOnlySpan<byte> run)
    {
        Span<byte> ascii = stackalloc byte[CardNumber.MaximumLength];
        try
        {
            for (var start = 0; start + CardNumber.MinimumLength <= run.Length; start++)
            {
                var leading = ((run[start] & 0xF) * 1000) + ((run[start + 1] & 0xF) * 100) + ((run[start + 2] & 0xF) * 10) + (run[start + 3] & 0xF);
                var (usual, rare) = CardSchemes.LengthsOf(leading);
                if ((usual | rare) != 0 && BeginsCard(run, start, usual, rare, ascii))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(ascii);
        }
    }

    private static bool BeginsCard(ReadOnlySpan<byte> run, int start, int usual, int rare, Span<byte> ascii)
    {
        var longest = Math.Min(CardNumber.MaximumLength, run.Length - start);
        for (var i = 0; i < longest; i++)
        {
            ascii[i] = (byte)('0' + (run[start + i] & 0xF));
        }

        for (var length = CardNumber.MinimumLength; length <= longest; length++)
        {
            if (((usual | rare) & (1 << length)) != 0 && Luhn.IsValid(ascii[..length]))
            {
                // A published test number counts wherever it stands: it cannot be a coincidence.
                if (TestCards.TryFind(ascii[..length], out _) || StandsLikeCard(run, start, length, (usual & (1 << length)) != 0))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool StandsLikeCard(ReadOnlySpan<byte> run, int start, int length, bool isUsual)
    {
        Span<byte> groups = stackalloc byte[CardNumber.MaximumLength];
        var (count, isWide) = (0, false);
        for (var i = 0; i < length; i++)
        {
            var flags = run[start + i];
            if ((flags & DigitRuns.InForm) != 0)
            {
                return false;
            }

            if (i == 0 || (flags & DigitRuns.BeginsGroup) != 0)
            {
                count++;
                isWide |= i > 0 && (flags & DigitRuns.AfterWideGap) != 0;
            }

            groups[count - 1]++;
        }

        var beginsGroup = start == 0 || (run[start] & DigitRuns.BeginsGroup) != 0;
        var endsGroup = start + length == run.Length || (run[start + length] & DigitRuns.BeginsGroup) != 0;
        if (count == 1)
        {
            // Within a longer number, a card number may be followed by an expiry or a code, or preceded by anything.
            return isUsual || (beginsGroup && endsGroup);
        }

        var isGroupedLikeCard = IsGroupedLikeCard(groups[..count], isWide);
        return (beginsGroup, endsGroup) switch
        {
            (true, true) => isGroupedLikeCard || (isUsual && !isWide && length >= FewestInOddGroups),
            (false, false) => false,
            _ => isUsual && isGroupedLikeCard,
        };
    }

    // Groups of equal size, except for a shorter one at one end, as people and spreadsheets make them, or the groups that are printed on
    // cards of 14 and 15 digits. Lists of small numbers look similar, but have wider gaps.
    private static bool IsGroupedLikeCard(ReadOnlySpan<byte> groups, bool isWide)
    {
        if (groups is [4, 6, 4] or [4, 6, 5])
        {
            return true;
        }

        if (groups.Length < 3 || (isWide && groups[1] < 3))
        {
            return false;
        }

        var inner = groups[1..^1];
        return inner.IndexOfAnyExcept(groups[1]) < 0
            && Math.Max(groups[0], groups[^1]) == groups[1];
    }
}
