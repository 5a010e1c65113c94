using System.Collections.Frozen;

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Recognises numbers that identify something: accounts, articles, parcels, instants. Each method returns where its form ends, or 0 if there is none.
/// </summary>
internal static class IdentifierForms
{
    private const int LongestIban = 34;
    private const int LengthOfUpsNumber = 18;
    private const int LengthOfOrderNumber = 19;
    private const int LongestParcelNumber = 34;

    // ISO 13616: the length of the account numbers of each country. RF is a creditor reference (ISO 11649), of any length.
    private static readonly FrozenDictionary<int, int> s_ibanLengths = Lengths(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 "
        + "GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 "
        + "NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "
        + "AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28");

    // The number of digits and the range of values. From 2000 to 2050: .NET ticks, Windows file times, and microseconds as WebKit counts them. From 2001
    // to 2042: microseconds and nanoseconds of Unix time. The ids that Twitter and others derive from an instant begin like the latter.
    private static readonly (int Digits, ulong From, ulong To)[] s_instants =
    [
        (18, 630_822_816_000_000_000, 646_602_048_000_000_000),
        (18, 125_911_584_000_000_000, 141_690_816_000_000_000),
        (17, 12_591_158_400_000_000, 14_169_081_600_000_000),
        (16, 1_000_000_000_000_000, 2_200_000_000_000_000),
        (19, 1_000_000_000_000_000_000, 2_200_000_000_000_000_000),
    ];

    /// <summary>Recognises a UUID with its hyphens.</summary>
    public static int Uuid(ReadOnlySpan<byte> plain, int at)
    {
        ReadOnlySpan<int> groups = [8, 4, 4, 4, 12];
        var place = at;
        for (var group = 0; group < groups.Length; group++)
        {
            if (group > 0 && PlainText.At(plain, place++) != '-')
            {
                return 0;
            }

            for (var i = 0; i < groups[group]; i++)
            {
                if (PlainText.At(plain, place++) is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'F')))
                {
                    return 0;
                }
            }
        }

        return PlainText.IsLetterOrDigit(PlainText.At(plain, place)) ? 0 : place;
    }

    /// <summary>Recognises an IPv4 address, optionally with a port.</summary>
    public static int IpAddress(ReadOnlySpan<byte> plain, int at)
    {
        var place = at;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && PlainText.At(plain, place++) != '.')
            {
                return 0;
            }

            var digits = place < plain.Length ? PlainText.DigitsAt(plain, place) : 0;
            if (digits is 0 or > 3 || (digits == 3 && plain.Slice(place, digits).SequenceCompareTo("255"u8) > 0))
            {
                return 0;
            }

            place += digits;
        }

        var port = PlainText.At(plain, place) == ':' && place + 1 < plain.Length ? PlainText.DigitsAt(plain, place + 1) : 0;
        place += port is > 0 and <= 5 ? port + 1 : 0;
        var goesOn = PlainText.IsDigitAt(plain, place) || (PlainText.At(plain, place) == '.' && PlainText.IsDigitAt(plain, place + 1));
        return goesOn || (PlainText.At(plain, at - 1) == '.' && PlainText.IsFreeDigitAt(plain, at - 2)) ? 0 : place;
    }

    /// <summary>
    /// Recognises an IBAN or a creditor reference, in one piece or in groups, whose check digits are valid (ISO 7064, mod 97-10).
    /// </summary>
    public static int Iban(ReadOnlySpan<byte> plain, int at)
    {
        var (isCreditorReference, length) = (PlainText.At(plain, at) == 'R' && PlainText.At(plain, at + 1) == 'F', 0);
        if (!PlainText.IsDigitAt(plain, at + 2) || !PlainText.IsDigitAt(plain, at + 3))
        {
            return 0;
        }

        if (!isCreditorReference && !s_ibanLengths.TryGetValue((PlainText.At(plain, at) << 8) | PlainText.At(plain, at + 1), out length))
        {
            return 0;
        }

        Span<byte> characters = stackalloc byte[LongestIban];
        var (count, place) = (0, at);
        while (count < (isCreditorReference ? LongestIban : length) && PlainText.IsLetterOrDigit(PlainText.At(plain, place)))
        {
            characters[count++] = PlainText.At(plain, place++);
            var isComplete = count == length || (isCreditorReference && count > 4);
            if (isComplete && !PlainText.IsLetterOrDigit(PlainText.At(plain, place)) && IsMod97(characters[..count]))
            {
                return place;
            }

            place += PlainText.At(plain, place) is (byte)' ' or (byte)'-' ? 1 : 0;
        }

        return 0;
    }

    /// <summary>
    /// Recognises a parcel number: of UPS; of USPS, with a GS1 check digit and perhaps in groups of four; or a serial shipping container
    /// code after its 00. Also recognises an order number of Amazon.
    /// </summary>
    public static int Parcel(ReadOnlySpan<byte> plain, int at)
    {
        if (PlainText.At(plain, at) == '1' && PlainText.At(plain, at + 1) == 'Z')
        {
            var end = at;
            while (PlainText.IsLetterOrDigit(PlainText.At(plain, end)))
            {
                end++;
            }

            return end - at == LengthOfUpsNumber ? end : 0;
        }

        if (IsOrder(plain, at))
        {
            return at + LengthOfOrderNumber;
        }

        Span<byte> digits = stackalloc byte[LongestParcelNumber + 1];
        var (count, place) = (0, at);
        while (count < digits.Length && PlainText.IsDigitAt(plain, place))
        {
            digits[count++] = PlainText.At(plain, place++);
            place += count % 4 == 0 && PlainText.At(plain, place) == ' ' && PlainText.IsDigitAt(plain, place + 1) ? 1 : 0;
        }

        // 420 and the postcode may precede a number of USPS.
        ReadOnlySpan<byte> number = digits[..count];
        number = number.StartsWith("420"u8) && count is 30 or 34 ? number[(count - 22)..] : number;
        var isParcel = number is [(byte)'9', >= (byte)'1' and <= (byte)'5', ..] ? number.Length is 20 or 22 or 26 : number is [(byte)'0', (byte)'0', not (byte)'0', ..] && number.Length == 20;
        return isParcel && !PlainText.IsDigitAt(plain, place) && IsGs1(number) ? place : 0;
    }

    /// <summary>
    /// Recognises an article number (GTIN-13 and -14), an instant counted in small units, or a phone number of twelve or thirteen digits with its country
    /// code and without a prefix.
    /// </summary>
    public static int Number(ReadOnlySpan<byte> plain, int at)
    {
        var length = PlainText.DigitsAt(plain, at);
        var digits = plain.Slice(at, length);
        var isKnown = length switch
        {
            12 => PhoneForms.IsPlausible(digits),
            13 => IsGs1(digits) || PhoneForms.IsPlausible(digits),
            14 => IsGs1(digits) && !digits.StartsWith("36"u8), // cards of Diners Club, the only scheme that uses this length
            >= 16 and <= 19 => IsInstant(digits),
            _ => false,
        };
        return isKnown ? at + length : 0;
    }

    // 123-1234567-1234567
    private static bool IsOrder(ReadOnlySpan<byte> plain, int at) =>
        plain.Length >= at + LengthOfOrderNumber
        && PlainText.DigitsAt(plain, at) == 3 && plain[at + 3] == '-'
        && PlainText.DigitsAt(plain, at + 4) == 7 && plain[at + 11] == '-'
        && PlainText.DigitsAt(plain, at + 12) == 7;

    private static bool IsInstant(ReadOnlySpan<byte> digits)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            value = (value * 10) + digit - '0';
        }

        foreach (var (length, from, to) in s_instants)
        {
            if (digits.Length == length && value >= from && value < to)
            {
                return true;
            }
        }

        return false;
    }

    // GS1 General Specifications, 7.9: from the right, alternating weights 1 and 3.
    private static bool IsGs1(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 3);
        }

        return sum % 10 == 0;
    }

    private static bool IsMod97(ReadOnlySpan<byte> characters)
    {
        var rest = 0;
        for (var i = 0; i < characters.Length; i++)
        {
            var character = characters[(i + 4) % characters.Length];
            rest = PlainText.IsDigit(character) ? ((rest * 10) + character - '0') % 97 : ((rest * 100) + character - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static FrozenDictionary<int, int> Lengths(string table) =>
        table.Split(' ').ToFrozenDictionary(entry => (entry[0] << 8) | entry[1], entry => ((entry[2] - '0') * 10) + entry[3] - '0');
}
