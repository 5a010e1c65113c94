using System.Globalization;
using System.Numerics;

namespace Dojo.Pci.Tests.Unit.Cards.Detection;

/// <summary>Kinds of text with many digits and no card number, generated from a seed: what merchants write into references, descriptions and metadata.</summary>
internal static class InnocentTexts
{
    private static readonly string[] s_dateFormats =
    [
        "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "dd.MM.yyyy", "dd-MM-yyyy", "yyyy/MM/dd", "yyyy.MM.dd", "d/M/yyyy", "d.M.yyyy", "M/d/yyyy", "d. M. yyyy", "dd/MM/yy",
        "dd.MM.yy", "MM/dd/yy", "yy-MM-dd", "yyyyMMdd", "ddMMyyyy", "dd MM yyyy", "yyyy MM dd", "dd MMM yyyy",
    ];

    private static readonly string[] s_betweenDates = [" - ", "-", " – ", " to ", " / ", " bis ", "..", ", ", " & ", "–"];

    private static readonly string[] s_instantFormats =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", "dd/MM/yyyy HH:mm", "dd.MM.yyyy, HH:mm", "MM/dd/yyyy hh:mm tt",
        "yyyyMMdd'T'HHmmss'Z'", "yyyyMMddHHmmss", "yyyyMMddHHmmssfff", "yyyyMMddHHmm", "dd.MM.yy HH:mm:ss", "yyyy/MM/dd HH:mm:ss.ffffff",
    ];

    // Country codes and the digits of mobile numbers, where X is any digit, in their usual groups.
    private static readonly string[] s_mobiles =
    [
        "44 7XXX XXXXXX", "49 151 XXXXXXXX", "49 176 XXXXXXXX", "49 1575 XXXXXXX", "33 6 XX XX XX XX", "39 3XX XXX XXXX", "34 6XX XXX XXX", "31 6 XXXXXXXX", "32 4XX XX XX XX", "41 7X XXX XX XX",
        "43 664 XXXXXXX", "43 660 XXXXXXXX", "45 XX XX XX XX", "46 7X XXX XX XX", "47 4XX XX XXX", "358 40 XXXXXXX", "353 8X XXX XXXX", "351 9XX XXX XXX", "48 5XX XXX XXX", "420 7XX XXX XXX",
        "421 9XX XXX XXX", "36 20 XXX XXXX", "40 7XX XXX XXX", "359 8XX XXX XXX", "30 69X XXX XXXX", "385 9X XXX XXXX", "386 40 XXX XXX", "370 6XX XXXXX", "371 2XXXXXXX", "372 5XXXXXXX",
        "380 67 XXX XX XX", "7 9XX XXX XX XX", "90 5XX XXX XX XX", "1 2XX XXX XXXX", "52 55 XXXX XXXX", "55 11 9XXXX XXXX", "54 9 11 XXXX XXXX", "57 3XX XXX XXXX", "56 9 XXXX XXXX", "51 9XX XXX XXX",
        "91 9XXXX XXXXX", "92 3XX XXXXXXX", "880 17XX XXXXXX", "86 13X XXXX XXXX", "81 90 XXXX XXXX", "82 10 XXXX XXXX", "62 812 XXXX XXXX", "60 12 XXX XXXX", "63 9XX XXX XXXX", "66 8X XXX XXXX",
        "84 9X XXX XX XX", "65 9XXX XXXX", "852 9XXX XXXX", "886 9XX XXX XXX", "61 4XX XXX XXX", "64 21 XXX XXXX", "27 8X XXX XXXX", "234 80X XXX XXXX", "254 7XX XXXXXX", "20 10 XXXX XXXX",
        "971 5X XXX XXXX", "966 5X XXX XXXX", "972 5X XXX XXXX", "212 6XX XXXXXX", "98 9XX XXX XXXX",
    ];

    // The length of an IBAN for each country, and whether it may contain letters.
    private static readonly string[] s_ibans =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 "
        + "JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 "
        + "UA29 VA22 VG24 XK20").Split(' ');

    // The longer kinds, as their issuers write them; # is any digit, @ any letter, and {…} a date format.
    private static readonly string[] s_orders =
    [
        "ORD-{yyyy}-######", "#######", "########", "##########", "SO-#########", "INV/{yyyy}/#####", "PO 45########", "###-#######-#######", "##-#####-#####", "{yyyyMMdd}-######",
        "{yyyyMMdd}########", "{yyyyMMddHHmmss}####", "{yyyyMMddHHmmss}######", "{yyyyMMdd}-{HHmmss}-###", "R-{yyMMdd}-####", "@@@######", "@@-####-####-@@", "BOOKING ######## ROOM ###",
        "Order ####### customer #####", "{yyyy}-{MM}-{dd}-#####", "{yyyy}/##########", "RE{yyyy}{MM}#####", "INV-###### / ######", "#1###", "Table ## {dd/MM/yyyy} {HH:mm} party of ##",
    ];

    private static readonly string[] s_vatNumbers =
    [
        "ATU########", "BE0#########", "BG#########", "CY########L", "CZ########", "DE#########", "DK########", "EE#########", "EL#########", "ES@#######@", "FI########", "FR##########", "GB#########",
        "GB############", "HR###########", "HU########", "IE#######WA", "IT###########", "LT############", "LU########", "LV###########", "MT########", "NL#########B##", "PL##########",
        "PT#########", "RO##########", "SE##########01", "SI########", "SK##########", "CHE-###.###.### MWST", "NO######### MVA", "IN ##@@@@@####@1Z#",
    ];

    private static readonly string[] s_browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1##.0.####.### Safari/537.36 Edg/1##.0.####.##",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_#_# like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.# Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:1##.0) Gecko/20100101 Firefox/1##.0",
    ];

    /// <summary>The kinds by name, and a function that creates a text of each.</summary>
    public static IReadOnlyList<(string Name, Func<Random, string> Make)> Kinds { get; } =
    [
        ("Ranges of dates", random => DateRange(random, nights: 30)),
        ("Ranges of dates, with times of day", random => $"{Instant(random)}{Pick(random, s_betweenDates)}{Instant(random)}"),
        ("Dates and times", Instant),
        ("Mobile numbers of 60 countries, with +", random => "+" + Written(random, Filled(random, Pick(random, s_mobiles)))),
        ("Mobile numbers of 60 countries, with 00 or nothing", random => Pick(random, ["00", ""]) + Filled(random, Pick(random, s_mobiles)).Replace(" ", "", StringComparison.Ordinal)),
        ("Two phone numbers", random => $"tel +{Filled(random, Pick(random, s_mobiles))} / +{Filled(random, Pick(random, s_mobiles))}"),
        ("IBANs of 76 countries", random => Iban(random, Pick(random, s_ibans))),
        ("IBANs of Germany", random => Iban(random, "DE22")),
        ("EAN-8", random => Gs1(Digits(random, 7))),
        ("EAN-13", random => Gs1(Digits(random, 12))),
        ("EAN-14 (GTIN-14)", random => Gs1(random.Next(1, 9) + Digits(random, 12))),
        ("ISBN", Isbn),
        (".NET ticks", random => Day(random).Ticks.ToString(CultureInfo.InvariantCulture)),
        ("Unix time in s, ms, µs, ns", UnixTime),
        ("UUIDs", random => Uuid(random).ToString(Pick(random, ["D", "D", "B"]))),
        ("UUIDs without hyphens", random => Uuid(random).ToString("N")),
        ("Order numbers and references", random => Filled(random, Dated(random, Pick(random, s_orders)))),
        ("Tracking numbers", Tracking),
        ("VAT numbers", random => Filled(random, Pick(random, s_vatNumbers))),
        ("Amounts", random => string.Join(Pick(random, [" + ", " ", ", ", "; ", " / "]), Enumerable.Range(0, random.Next(1, 7)).Select(_ => Amount(random)))),
        ("Coordinates", random => string.Create(CultureInfo.InvariantCulture, $"{(random.NextDouble() * 180) - 90:F6}{Pick(random, [",", ", ", " "])}{(random.NextDouble() * 360) - 180:F6}")),
        ("IP addresses with ports", random => $"from {random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}:{random.Next(1024, 65536)}"),
        ("Browsers", random => Filled(random, Pick(random, s_browsers))),
    ];

    /// <summary>Random digits, the first not 0: nobody can tell them from a card number.</summary>
    public static string RandomDigits(Random random, int length) => random.Next(1, 10) + Digits(random, length - 1);

    private static string DateRange(Random random, int nights)
    {
        var (from, format) = (Day(random), Pick(random, s_dateFormats));
        var to = from.AddDays(random.Next(1, nights));
        return $"{from.ToString(format, CultureInfo.InvariantCulture)}{Pick(random, s_betweenDates)}{to.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Instant(Random random) => Day(random).ToString(Pick(random, s_instantFormats), CultureInfo.InvariantCulture);

    private static DateTime Day(Random random) => new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(TimeSpan.FromDays(20 * 365).Ticks));

    private static string UnixTime(Random random)
    {
        var at = new DateTimeOffset(Day(random));
        var milliseconds = at.ToUnixTimeMilliseconds();
        return (random.Next(4) switch
        {
            0 => milliseconds / 1000,
            1 => milliseconds,
            2 => (milliseconds * 1000) + random.Next(1000),
            _ => (milliseconds * 1_000_000) + random.Next(1_000_000),
        }).ToString(CultureInfo.InvariantCulture);
    }

    private static Guid Uuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Iban(Random random, string country)
    {
        var length = int.Parse(country[2..], CultureInfo.InvariantCulture);
        var account = (country[..2] is "GB" or "IE" or "NL" or "MT" or "RO" or "LV" ? Filled(random, "@@@@") : "") + Digits(random, length);
        account = account[..(length - 4)];
        var figures = string.Concat((account + country[..2] + "00").Select(character => char.IsAsciiDigit(character) ? $"{character}" : $"{character - 'A' + 10}"));
        var iban = $"{country[..2]}{98 - (int)(BigInteger.Parse(figures, CultureInfo.InvariantCulture) % 97):00}{account}";
        return random.Next(3) switch
        {
            0 => iban,
            1 => string.Join(' ', iban.Chunk(4).Select(group => new string(group))),
            _ => $"Refund to IBAN: {string.Join(' ', iban.Chunk(4).Select(group => new string(group)))}, thanks",
        };
    }

    private static string Isbn(Random random)
    {
        var isbn = Gs1(Pick(random, ["978", "979"]) + Digits(random, 9));
        return random.Next(2) == 0 ? isbn : $"{isbn[..3]}-{isbn[3]}-{isbn[4..8]}-{isbn[8..12]}-{isbn[12]}";
    }

    private static string Tracking(Random random)
    {
        var usps = Pick(random, ["9400", "9205", "9361", "9505"]);
        return random.Next(9) switch
        {
            0 => $"1Z{Filled(random, "@@####")}{Digits(random, 10)}",
            1 => $"1Z{Digits(random, 16)}",
            2 => Gs1(usps + Digits(random, 17)),
            3 => string.Join(' ', Gs1(usps + Digits(random, 17)).Chunk(4).Select(group => new string(group))),
            4 => Gs1("00" + "340434" + Digits(random, 11)),
            5 => Filled(random, Pick(random, ["RR#########GB", "LX#########DE", "CP#########FR"])),
            6 => "JJD0003900" + Digits(random, 10),
            7 => Pick(random, ["7", "8", "2"]) + Digits(random, 11),
            _ => Digits(random, 10),
        };
    }

    private static string Amount(Random random)
    {
        var value = Math.Round((decimal)Math.Pow(10, random.NextDouble() * 6), 2);
        return random.Next(6) switch
        {
            0 => value.ToString("F2", CultureInfo.InvariantCulture),
            1 => "£" + value.ToString("N2", CultureInfo.InvariantCulture),
            2 => value.ToString("N2", CultureInfo.InvariantCulture).Replace(',', ' ').Replace('.', ',') + " €",
            3 => value.ToString("N2", CultureInfo.InvariantCulture).Replace(',', '_').Replace('.', ',').Replace('_', '.') + " EUR",
            4 => "$" + value.ToString("N0", CultureInfo.InvariantCulture),
            _ => random.Next(1, 20) + " x " + value.ToString("F2", CultureInfo.InvariantCulture),
        };
    }

    private static string Gs1(string digits)
    {
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 3 : 1)).Sum();
        return digits + ((10 - (sum % 10)) % 10);
    }

    private static string Written(Random random, string number) => number.Replace(" ", Pick(random, [" ", "", "-", "."]), StringComparison.Ordinal);

    private static string Dated(Random random, string pattern)
    {
        var day = Day(random);
        while (pattern.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = pattern.IndexOf('}', StringComparison.Ordinal);
            pattern = pattern[..open] + day.ToString(pattern[(open + 1)..close], CultureInfo.InvariantCulture) + pattern[(close + 1)..];
        }

        return pattern;
    }

    private static string Filled(Random random, string pattern) => string.Concat(pattern.Select(character => character switch
    {
        '#' or 'X' => (char)('0' + random.Next(10)),
        '@' => (char)('A' + random.Next(26)),
        _ => character,
    }));

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
