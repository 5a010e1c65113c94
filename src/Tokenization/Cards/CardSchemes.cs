namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// Issuer prefixes and lengths. The authoritative tables are licensed from the schemes; this one joins public lists, the
/// longest matching prefix wins, and it only ever labels and detects.
/// </summary>
internal static class CardSchemes
{
    private const int Six = 1_000_000;
    private static readonly Prefix[] s_prefixes =
    [
        .. Of(CardScheme.Visa, [13, 16, 18, 19], (4, 4)),
        .. Of(CardScheme.Mastercard, [16], (51, 55), (2221, 2720)),
        .. Of(CardScheme.Maestro, From(12), (50, 50), (56, 58), (63, 63), (67, 67)),
        .. Of(CardScheme.Maestro, From(12), (493698, 493698), (5018, 5018), (5020, 5020), (5038, 5038), (5893, 5893), (6304, 6304), (6759, 6759), (6761, 6763)),
        .. Of(CardScheme.AmericanExpress, [15], (34, 34), (37, 37)),
        .. Of(CardScheme.DinersClub, From(14), (300, 305), (3095, 3095), (36, 36), (38, 39)),
        .. Of(CardScheme.Discover, From(16), (6011, 6011), (644, 649), (65, 65), (622126, 622925)),
        .. Of(CardScheme.Jcb, From(16), (3528, 3589)),
        .. Of(CardScheme.Jcb, [15], (1800, 1800), (2131, 2131)),
        .. Of(CardScheme.UnionPay, From(14), (62, 62), (81, 81)),
        .. Of(CardScheme.RuPay, [16], (60, 60), (82, 82), (508, 508)),
        .. Of(CardScheme.Mir, From(16), (2200, 2204)),
        .. Of(CardScheme.Troy, From(16), (9792, 9792)),
        .. Of(CardScheme.Verve, From(16), (5060, 5061)),
        .. Of(CardScheme.Dankort, [16], (5019, 5019)),
        .. Of(CardScheme.Uatp, [15], (1, 1)),
        .. Of(
            CardScheme.Elo,
            [16],
            (401178, 401179), (431274, 431274), (438935, 438935), (451416, 451416), (457393, 457393), (457631, 457632),
            (504175, 504175), (506699, 506778), (509000, 509999), (627780, 627780), (636297, 636297), (636368, 636368),
            (650031, 650033), (650035, 650051), (650405, 650439), (650485, 650538), (650541, 650598), (650700, 650718),
            (650720, 650727), (650901, 650978), (651652, 651679), (655000, 655019), (655021, 655058)),
    ];

    /// <summary>The scheme of the longest matching prefix, whatever the length of the number.</summary>
    public static CardScheme Of(ReadOnlySpan<byte> asciiDigits) => Find(asciiDigits)?.Scheme ?? CardScheme.Unknown;

    /// <summary>Whether some scheme issues numbers with this prefix in this length.</summary>
    public static bool IsIssuable(ReadOnlySpan<byte> asciiDigits)
    {
        var leading = LeadingSix(asciiDigits);
        foreach (var prefix in s_prefixes)
        {
            if (prefix.Matches(leading) && (prefix.Lengths & (1 << asciiDigits.Length)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static Prefix? Find(ReadOnlySpan<byte> asciiDigits)
    {
        var leading = LeadingSix(asciiDigits);
        Prefix? best = null;
        foreach (var prefix in s_prefixes)
        {
            if (prefix.Matches(leading) && prefix.Digits > (best?.Digits ?? 0))
            {
                best = prefix;
            }
        }

        return best;
    }

    private static int LeadingSix(ReadOnlySpan<byte> asciiDigits)
    {
        var value = 0;
        for (var i = 0; i < 6; i++)
        {
            value = (value * 10) + (i < asciiDigits.Length ? asciiDigits[i] - '0' : 0);
        }

        return value;
    }

    private static int[] From(int shortest) => [.. Enumerable.Range(shortest, CardNumber.MaximumLength - shortest + 1)];

    private static IEnumerable<Prefix> Of(CardScheme scheme, int[] lengths, params (int First, int Last)[] ranges)
    {
        var mask = lengths.Aggregate(0, (bits, length) => bits | (1 << length));
        foreach (var (first, last) in ranges)
        {
            var digits = 1 + (int)Math.Log10(first);
            var scale = Six / (int)Math.Pow(10, digits);
            yield return new Prefix(scheme, digits, first * scale, ((last + 1) * scale) - 1, mask);
        }
    }

    /// <summary>A range of issuer prefixes, widened to six digits.</summary>
    private sealed record Prefix(CardScheme Scheme, int Digits, int First, int Last, int Lengths)
    {
        public bool Matches(int leadingSix) => leadingSix >= First && leadingSix <= Last;
    }
}
