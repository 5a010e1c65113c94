namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// Issuer prefixes and lengths. The authoritative tables are licensed from the schemes. This table merges public lists, in which the
/// longest matching prefix wins, and is only used to label and to detect.
/// </summary>
internal static class CardSchemes
{
    private const int Six = 1_000_000;
    private const int PrefixesOfFour = 10_000;
    private const int PerPrefixOfFour = Six / PrefixesOfFour;

    // Usual lengths are those of cards in circulation. Rare lengths are permitted, or were issued in the past.
    private static readonly Prefix[] s_prefixes =
    [
        .. Of(CardScheme.Visa, [16, 19], [13], (4, 4)),
        .. Of(CardScheme.Mastercard, [16], [], (51, 55), (2221, 2720)),
        .. Of(CardScheme.Maestro, [16, 19], [18], (50, 50), (56, 58), (63, 63), (67, 67)),
        .. Of(CardScheme.Maestro, [16, 19], [12, 13, 14, 15, 17, 18], (493698, 493698), (5018, 5018), (5020, 5020), (5038, 5038), (5893, 5893), (6304, 6304), (6759, 6759), (6761, 6763)),
        .. Of(CardScheme.AmericanExpress, [15], [], (34, 34), (37, 37)),
        .. Of(CardScheme.DinersClub, [14, 16], [17, 18, 19], (36, 36)),
        .. Of(CardScheme.DinersClub, [16], [14, 19], (300, 305), (3095, 3095), (38, 39)),
        .. Of(CardScheme.Discover, [16], [19], (6011, 6011), (644, 649), (65, 65), (622126, 622925)),
        .. Of(CardScheme.Jcb, [16], [17, 18, 19], (3528, 3589)),
        .. Of(CardScheme.Jcb, [], [15], (1800, 1800), (2131, 2131)),
        .. Of(CardScheme.UnionPay, [16, 19], [17, 18], (62, 62), (81, 81)),
        .. Of(CardScheme.RuPay, [16], [], (60, 60), (82, 82), (508, 508)),
        .. Of(CardScheme.Mir, [16], [17, 18, 19], (2200, 2204)),
        .. Of(CardScheme.Troy, [16], [], (9792, 9792)),
        .. Of(CardScheme.Verve, [16, 19], [18], (5060, 5061)),
        .. Of(CardScheme.Dankort, [16], [], (5019, 5019)),
        .. Of(CardScheme.Uatp, [], [15], (1, 1)),
        .. Of(
            CardScheme.Elo,
            [16],
            [],
            (401178, 401179), (431274, 431274), (438935, 438935), (451416, 451416), (457393, 457393), (457631, 457632),
            (504175, 504175), (506699, 506778), (509000, 509999), (627780, 627780), (636297, 636297), (636368, 636368),
            (650031, 650033), (650035, 650051), (650405, 650439), (650485, 650538), (650541, 650598), (650700, 650718),
            (650720, 650727), (650901, 650978), (651652, 651679), (655000, 655019), (655021, 655058)),

        // Domestic schemes without a label here: Borica, Hipercard, Humo, mada, Napas, Uzcard.
        .. Of(CardScheme.Unknown, [16], [19], (2205, 2205), (3841, 3841), (9860, 9860), (9682, 9682), (9704, 9704), (8600, 8600)),
    ];

    // The lengths of numbers by their first four digits: bit n stands for n digits.
    private static readonly (int Usual, int Rare)[] s_lengths = LengthsByFour();

    /// <summary>Returns the scheme of the longest matching prefix, regardless of the length of the number.</summary>
    public static CardScheme Of(ReadOnlySpan<byte> asciiDigits) => Find(asciiDigits)?.Scheme ?? CardScheme.Unknown;

    /// <summary>Returns the lengths in which any scheme issues numbers with these first four digits: bit n is set for n digits.</summary>
    public static (int Usual, int Rare) LengthsOf(int leadingFour) => s_lengths[leadingFour];

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

    private static (int Usual, int Rare)[] LengthsByFour()
    {
        var lengths = new (int Usual, int Rare)[PrefixesOfFour];
        foreach (var prefix in s_prefixes)
        {
            for (var four = prefix.First / PerPrefixOfFour; four <= prefix.Last / PerPrefixOfFour; four++)
            {
                lengths[four] = (lengths[four].Usual | prefix.Usual, lengths[four].Rare | prefix.Rare);
            }
        }

        return lengths;
    }

    private static IEnumerable<Prefix> Of(CardScheme scheme, int[] usual, int[] rare, params (int First, int Last)[] ranges)
    {
        foreach (var (first, last) in ranges)
        {
            var digits = 1 + (int)Math.Log10(first);
            var scale = Six / (int)Math.Pow(10, digits);
            yield return new Prefix(scheme, digits, first * scale, ((last + 1) * scale) - 1, Bits(usual), Bits(rare));
        }
    }

    private static int Bits(int[] lengths) => lengths.Aggregate(0, (bits, length) => bits | (1 << length));

    /// <summary>A range of issuer prefixes, widened to six digits.</summary>
    private sealed record Prefix(CardScheme Scheme, int Digits, int First, int Last, int Usual, int Rare)
    {
        public bool Matches(int leadingSix) => leadingSix >= First && leadingSix <= Last;
    }
}
