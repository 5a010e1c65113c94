using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Recognises phone numbers with their country code (ITU-T E.164). No country has numbers as long as the cards whose prefix is its
/// code, so in text such a number is not mistaken for a card of a usual length, nor a card for it.
/// </summary>
internal static class PhoneForms
{
    /// <summary>The most digits of a phone number, including the country code (E.164, 6.1).</summary>
    public const int MostDigits = 15;

    private const int WidestGap = 3;
    private const int MostDigitsAtHome = 12;
    private const int LongestText = 64;
    private const int LongestExtension = 6;

    // Country codes, with the fewest and the most digits that follow, by national numbering plans.
    private static readonly (byte Fewest, byte Most)[] s_plans = Plans(
        "1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:6-11 40:9-9 41:9-9 43:4-13 44:9-10 45:8-8 46:7-10 47:8-8 48:9-9 49:6-11 "
        + "51:8-9 52:10-11 53:6-8 54:10-11 55:10-11 56:9-9 57:10-10 58:10-10 60:8-10 61:9-9 62:8-12 63:8-10 64:8-10 65:8-8 66:8-9 81:9-10 82:8-10 84:9-10 86:10-11 90:10-10 "
        + "91:10-10 92:9-10 93:9-9 94:9-9 95:7-10 98:10-10 211:9-9 212:9-9 213:8-9 216:8-8 218:8-9 220:7-7 221:9-9 222:8-8 223:8-8 224:8-9 225:8-10 226:8-8 227:8-8 "
        + "228:8-8 229:8-10 230:7-8 231:7-9 232:8-8 233:9-9 234:8-10 235:8-8 236:8-8 237:8-9 238:7-7 239:7-7 240:9-9 241:7-8 242:9-9 243:9-9 244:9-9 245:7-9 248:7-7 249:9-9 "
        + "250:9-9 251:9-9 252:7-9 253:8-8 254:9-9 255:9-9 256:9-9 257:8-8 258:8-9 260:9-9 261:9-9 262:9-9 263:8-9 264:8-9 265:7-9 266:8-8 267:7-8 268:8-8 269:7-7 290:4-5 "
        + "291:7-7 297:7-7 298:6-6 299:6-6 350:8-8 351:9-9 352:6-11 353:7-9 354:7-9 355:8-9 356:8-8 357:8-8 358:5-12 359:7-9 370:8-8 371:8-8 372:7-8 373:8-8 374:8-8 375:9-9 "
        + "376:6-9 377:8-9 378:6-10 380:9-9 381:8-10 382:8-8 383:8-9 385:8-9 386:8-8 387:8-8 389:8-8 420:9-9 421:9-9 423:7-9 500:5-5 501:7-7 502:8-8 503:8-8 504:8-8 505:8-8 "
        + "506:8-8 507:7-8 508:6-6 509:8-8 590:9-9 591:8-8 592:7-7 593:8-9 594:9-9 595:9-9 596:9-9 597:6-7 598:7-8 599:7-8 670:7-8 672:6-6 673:7-7 674:7-7 675:7-8 676:5-7 "
        + "677:5-7 678:5-7 679:7-7 680:7-7 681:6-6 682:5-5 683:4-7 685:5-7 686:5-8 687:6-6 688:5-6 689:6-8 690:4-4 691:7-7 692:7-7 850:8-10 852:8-8 853:8-8 855:8-9 856:8-10 "
        + "880:8-10 886:8-9 960:7-7 961:7-8 962:8-9 963:8-9 964:8-10 965:8-8 966:8-9 967:7-9 968:8-8 970:8-9 971:8-9 972:8-9 973:8-8 974:7-8 975:7-8 976:8-8 977:8-10 992:9-9 "
        + "993:8-8 994:9-9 995:9-9 996:9-9 998:9-9");

    /// <summary>
    /// Returns whether a whole text is a phone number and nothing else: a country code with as many digits as that country's
    /// numbers have, or a national number of at most twelve digits, or fourteen with a leading zero; either may have an
    /// extension. Cards of 14 or more digits never match: their prefixes are not codes of countries with numbers as long.
    /// </summary>
    public static bool IsPhoneNumber(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestText)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[LongestText];
        Span<byte> digits = stackalloc byte[MostDigits + 3];
        try
        {
            ReadOnlySpan<byte> plain = WithoutExtension(buffer[..PlainText.Write(utf8, buffer, out _)]);
            var prefix = LengthOfPrefix(plain, 0);
            var (count, place) = (0, prefix);
            while (place < plain.Length && SkipGap(plain, ref place, isFirst: place == prefix))
            {
                for (; PlainText.IsDigitAt(plain, place); place++)
                {
                    if (count == digits.Length)
                    {
                        return false;
                    }

                    digits[count++] = plain[place];
                }
            }

            ReadOnlySpan<byte> number = digits[..count];
            var isWhole = plain[place..].IndexOfAnyExcept((byte)' ', (byte)')') < 0;
            return isWhole && count > 0 && !TestCards.TryFind(number.TrimStart((byte)'0'), out _)
                && (prefix > 0 ? IsPlausible(number) : count <= (number[0] == '0' ? MostDigitsAtHome + 2 : MostDigitsAtHome) || IsPlausible(number));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            CryptographicOperations.ZeroMemory(digits);
        }
    }

    /// <summary>Returns where the phone number ends that begins here with a plus sign, 00 or 011; 0 if there is none.</summary>
    public static int End(ReadOnlySpan<byte> plain, int at)
    {
        var place = at + LengthOfPrefix(plain, at);
        if (place == at)
        {
            return 0;
        }

        Span<byte> digits = stackalloc byte[MostDigits];
        var (count, end) = (0, 0);
        while (SkipGap(plain, ref place, isFirst: count == 0))
        {
            while (PlainText.IsDigitAt(plain, place))
            {
                if (count == digits.Length)
                {
                    return 0; // too long for a phone number, and where another number begins is unknown
                }

                digits[count++] = PlainText.At(plain, place++);
            }

            end = IsPlausible(digits[..count]) ? place : end;
        }

        return end;
    }

    /// <summary>Returns whether the digits are a country code and as many more as that country's numbers have.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> asciiDigits)
    {
        var code = 0;
        for (var length = 1; length <= 3 && length < asciiDigits.Length; length++)
        {
            code = (code * 10) + asciiDigits[length - 1] - '0';
            if (s_plans[code] is { Most: > 0 } plan)
            {
                return asciiDigits.Length - length >= plan.Fewest && asciiDigits.Length - length <= plan.Most;
            }
        }

        return false;
    }

    // "ext. 214", "x214", "#214"
    private static ReadOnlySpan<byte> WithoutExtension(ReadOnlySpan<byte> plain)
    {
        var start = plain.Length;
        while (start > 0 && PlainText.IsDigit(plain[start - 1]))
        {
            start--;
        }

        var number = plain[..start].TrimEnd(" .:"u8);
        foreach (var word in (ReadOnlySpan<string>)["EXT", "X", "#"])
        {
            if (plain.Length - start is > 0 and <= LongestExtension && number.Length > word.Length && Ascii.Equals(number[^word.Length..], word))
            {
                return number[..^word.Length].TrimEnd((byte)' ');
            }
        }

        return plain;
    }

    private static int LengthOfPrefix(ReadOnlySpan<byte> plain, int at) => (PlainText.At(plain, at), PlainText.At(plain, at + 1), PlainText.At(plain, at + 2)) switch
    {
        ((byte)'+', _, _) => 1,
        ((byte)'0', (byte)'0', not (byte)'0') when !FollowsDigits(plain, at) => 2,
        ((byte)'0', (byte)'1', (byte)'1') when !FollowsDigits(plain, at) => 3,
        _ => 0,
    };

    // Zeros in the middle of a number are not a prefix.
    private static bool FollowsDigits(ReadOnlySpan<byte> plain, int at)
    {
        for (var before = at - 1; before >= 0 && before >= at - WidestGap - 1; before--)
        {
            if (PlainText.IsLetterOrDigit(PlainText.At(plain, before)))
            {
                return PlainText.IsFreeDigitAt(plain, before);
            }
        }

        return false;
    }

    // Moves to the next digits, over a little punctuation, and over the zero in brackets that is dialled only within the country.
    private static bool SkipGap(ReadOnlySpan<byte> plain, ref int place, bool isFirst)
    {
        for (var width = 0; width <= WidestGap; width++)
        {
            if (PlainText.IsDigitAt(plain, place))
            {
                return isFirst || width > 0;
            }

            if (plain[Math.Min(place, plain.Length)..].StartsWith("(0)"u8))
            {
                place += 3;
            }
            else if (PlainText.At(plain, place) is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)'(' or (byte)')')
            {
                place++;
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static (byte Fewest, byte Most)[] Plans(string table)
    {
        var plans = new (byte, byte)[1000];
        foreach (var entry in table.Split(' '))
        {
            var (colon, hyphen) = (entry.IndexOf(':', StringComparison.Ordinal), entry.IndexOf('-', StringComparison.Ordinal));
            plans[int.Parse(entry[..colon], CultureInfo.InvariantCulture)] = (
                byte.Parse(entry[(colon + 1)..hyphen], CultureInfo.InvariantCulture),
                byte.Parse(entry[(hyphen + 1)..], CultureInfo.InvariantCulture));
        }

        return plans;
    }
}
