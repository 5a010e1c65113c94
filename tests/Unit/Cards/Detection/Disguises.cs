using System.Globalization;
using System.Net;
using System.Text;

namespace Dojo.Pci.Tests.Unit.Cards.Detection;

/// <summary>Ways in which a card number appears in a text, by accident or to evade a filter.</summary>
internal static class Disguises
{
    /// <summary>The disguises by name, and a function that writes a number in each.</summary>
    public static IReadOnlyList<(string Name, Func<string, Random, string> Write)> All { get; } =
    [
        ("alone", (pan, _) => pan),
        ("between words", (pan, _) => $"Please charge {pan} for the room, thanks"),
        ("between letters", (pan, _) => $"card{pan}card"),
        ("between brackets and quotes", (pan, random) => Pick(random, [$"({pan})", $"[{pan}]", $"\"{pan}\",", $"<{pan}>", $"#{pan}#"])),
        .. from separator in (string[])[" ", "-", ".", "/", "_", "+", ",", ":", "·", "|", ";", "*", "~", "=", "\\", "•", "'", "#", "%", "–", "—", "−", "‧", "/ ", " - ", ", ", " | ", "--", "\t", "…"]
           select ($"grouped by {Name(separator)}", (Func<string, Random, string>)((pan, _) => Grouped(pan, separator))),
        ("each digit apart", (pan, random) => string.Join(Pick(random, [" ", "-", ".", "\u2009"]), pan.ToCharArray())),
        ("digits in pairs", (pan, _) => string.Join(' ', pan.Chunk(2).Select(pair => new string(pair)))),
        ("grouped as thousands", (pan, _) => Int128.Parse(pan, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture)),
        ("broken over two lines", (pan, random) => pan[..(pan.Length / 2)] + Pick(random, ["\n", "\r\n", " \n"]) + pan[(pan.Length / 2)..]),
        ("one group on each line", (pan, random) => Grouped(pan, Pick(random, ["\n", "\r\n"]))),
        ("with spaces of other kinds", (pan, random) => Grouped(pan, Pick(random, ["\u00A0", "\u202F", "\u3000", "\u2007", "\u2028"]))),
        ("with characters that nobody sees", (pan, random) => string.Join(Pick(random, ["\u200B", "\u200D", "\u2060", "\u00AD", "\uFEFF", "\u200E", "\u034F", "\u3164"]), pan.ToCharArray())),
        ("with marks over the digits", (pan, random) => string.Concat(pan.Select(digit => digit + Pick(random, ["\u0336", "\uFE0F\u20E3", "\u0332"])))),
        ("in full-width digits", (pan, _) => Shifted(pan, 0xFF10)),
        ("in digits of another script", (pan, random) => Shifted(pan, random.Next(6) switch { 0 => 0x0660, 1 => 0x06F0, 2 => 0x0966, 3 => 0x09E6, 4 => 0x0E50, _ => 0x1D7CE })),
        ("in small raised or circled digits", (pan, random) => Styled(pan, Pick(random, ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨"]))),
        ("followed by the expiry", (pan, random) => pan + Expiry(random, "")),
        ("followed by the code", (pan, random) => pan + Code(random)),
        ("followed by expiry and code", (pan, random) => pan + Expiry(random, "") + Code(random)),
        ("followed by expiry and code, apart", (pan, random) => $"{pan}{Pick(random, [" ", "/", "|", ",", ":"])}{Expiry(random, "/")} {Code(random)}"),
        ("grouped, followed by expiry and code", (pan, random) => $"{Grouped(pan, " ")} {Expiry(random, "/")} {Code(random)}"),
        ("grouped, the code on its end", (pan, random) => $"{Grouped(pan, "-")}{Code(random)}"),
        ("as a track", (pan, random) => $";{pan}={Expiry(random, "")}101{Digits(random, 8)}?"),
        ("with zeros before it", (pan, random) => new string('0', random.Next(1, 20)) + pan),
        ("at any place in a longer number", (pan, random) => Digits(random, random.Next(12)) + pan + Digits(random, random.Next(12))),
        ("between other numbers", (pan, random) => $"{Digits(random, random.Next(1, 10))} {pan} {Digits(random, random.Next(1, 10))}"),
        ("beside a date", (pan, random) => Pick(random, [$"2026-11-22 {pan}", $"{pan} 22/11/2026", $"22.11.2026/{Grouped(pan, "-")}", $"20261122{pan}"])),
        ("beside a phone number", (pan, random) => Pick(random, [$"+44 20 7946 0958 {pan}", $"{Grouped(pan, " ")} +4915112345678"])),
        ("in the query of an address", (pan, _) => $"https://shop.example/done?card={pan}&n=1"),
        ("in the path of an address", (pan, random) => $"https://shop.example/{Grouped(pan, Pick(random, ["", "/", "-", "+", "%20", "%2F", "%2D", "%C2%A0"]))}/done"),
        ("percent-encoded", (pan, _) => string.Concat(pan.Select(digit => $"%{(int)digit:X2}"))),
        ("percent-encoded here and there", (pan, random) => string.Concat(pan.Select(digit => random.Next(3) == 0 ? $"%{(int)digit:x2}" : $"{digit}"))),
        ("percent-encoded twice", (pan, _) => string.Concat(pan.Select(digit => $"%25{(int)digit:X2}"))),
        ("percent-encoded three times", (pan, _) => Uri.EscapeDataString(Uri.EscapeDataString(Uri.EscapeDataString(Grouped(pan, " "))))),
        ("percent-encoded digits of another script", (pan, _) => Uri.EscapeDataString(Shifted(pan, 0xFF10))),
        ("in references of HTML", (pan, random) => string.Concat(pan.Select(digit => random.Next(2) == 0 ? $"&#{(int)digit};" : $"&#x{(int)digit:x};"))),
        ("with HTML's spaces", (pan, random) => Grouped(pan, Pick(random, ["&nbsp;", "&#160;", "&#8203;", "&shy;", "&middot;"]))),
        ("in escapes of JSON", (pan, _) => string.Concat(pan.Select(digit => $"\\u{(int)digit:x4}"))),
        ("in JSON", (pan, random) => Pick(random, [$"{{\"pan\":\"{pan}\",\"exp\":\"12/28\"}}", $"{{\\\"pan\\\":\\\"{pan}\\\"}}", $"[\"{Grouped(pan, "\",\"")}\"]", $"{{\"n\":{pan}}}", Grouped(pan, "\\n")])),
        ("in XML", (pan, _) => $"<Card><Pan>{pan}</Pan><Cvv>123</Cvv></Card>"),
        ("in a form", (pan, _) => $"pan={WebUtility.UrlEncode(Grouped(pan, " "))}&cvv=123"),
    ];

    /// <summary>Writes the number in the groups that are printed on the card.</summary>
    public static string Grouped(string pan, string separator)
    {
        int[] groups = pan.Length switch { 14 => [4, 6, 4], 15 => [4, 6, 5], _ => [4, 4, 4, 4, 4] };
        var parts = new List<string>();
        for (var (at, i) = (0, 0); at < pan.Length; at += groups[i++])
        {
            parts.Add(pan[at..Math.Min(pan.Length, at + groups[i])]);
        }

        return string.Join(separator, parts);
    }

    private static string Name(string separator) => string.Join(' ', separator.Select(character => character switch
    {
        ' ' => "space",
        '\t' => "tab",
        _ => char.IsAscii(character) ? $"`{(character == '|' ? "\\|" : character.ToString())}`" : $"U+{(int)character:X4}",
    }));

    private static string Expiry(Random random, string separator) => $"{random.Next(1, 13):00}{separator}{random.Next(26, 36)}";

    private static string Code(Random random) => Digits(random, random.Next(3, 5));

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

    private static string Shifted(string pan, int zero) => string.Concat(pan.Select(digit => new Rune(zero + digit - '0').ToString()));

    private static string Styled(string pan, string digits) => string.Concat(pan.Select(digit => digits[digit - '0']));

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
