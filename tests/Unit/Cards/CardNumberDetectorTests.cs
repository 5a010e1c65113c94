using System.Globalization;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class CardNumberDetectorTests
{
    /// <summary>Ways in which people and programs write the same card number.</summary>
    public static TheoryData<string> Disguises =>
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111_1111_1111_1111",
        "4111\t1111\t1111\t1111",
        "4111\r\n1111\r\n1111\r\n1111",
        "4111  -  1111 / 1111 _ 1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "411111111111111 1",
        "4111\u00A01111\u00A01111\u00A01111",
        "4111\u202F1111\u30001111\u20091111",
        "4111\u200B1111\u200D1111\u20601111",
        "4111\u00AD1111\u00AD1111\u00AD1111",
        "4111\uFEFF1111\u200E1111\u202E1111",
        "4111\u20131111\u20141111\u22121111",
        "4111\u20281111\u20291111\u203F1111",
        "４１１１１１１１１１１１１１１１",
        "٤١١١١١١١١١١١١١١١",
        "४१११११११११११११११",
        "④①①①①①①①①①①①①①①①",
        "⁴¹¹¹¹¹¹¹¹¹¹¹¹¹¹¹",
        "₄₁₁₁₁₁₁₁₁₁₁₁₁₁₁₁",
        string.Concat(Enumerable.Repeat("\U0001D7CF", 16)).Insert(0, "\U0001D7D2")[..32],
        "4\uFE0F\u20E31\uFE0F\u20E31\uFE0F\u20E31\uFE0F\u20E3" + string.Concat(Enumerable.Repeat("1\uFE0F\u20E3", 12)),
        "4\u03361\u03361\u03361\u0336111111111111",
        "0004111111111111111",
        new string('0', 100) + "4111111111111111",
        "card4111111111111111card",
        "(4111111111111111)",
        "\"4111111111111111\",",
        "pan=4111111111111111;exp=1229",
        "4111111111111111 12/29 123",
        "4111 1111 1111 1111 12/29",
        "12 4111 1111 1111 1111",
        "1234567890 4111111111111111",
        "2026-11-22 4111-1111-1111-1111",
        "99999999999999999999999999999999999999999 4111111111111111 99999999999999999999999999999999",
        "\uD8004111111111111111\uDC00",
        "émoji \U0001F4B34111111111111111\U0001F4B3",
        "4111111111111111123",
        "41111111111111111228",
        "41111111111111111228123",
        "4111111111111111 12/28 123",
        "3714496353984311228",
        "41111111111111112222222222",
        "4111,1111,1111,1111",
        "4111+1111+1111+1111",
        "4111·1111·1111·1111",
        "4111 | 1111 | 1111 | 1111",
        "[\"4111\",\"1111\",\"1111\",\"1111\"]",
        "4,111,111,111,111,111",
        "4111%201111%201111%201111",
        "%34111111111111111",
        "%2534%252531%3111111111111111",
        "5105%1051%0510%5100",
        "&#52;111111111111111",
        "&#52&#49&#x31;1111111111111",
        "4111&nbsp;1111&nbsp;1111&nbsp;1111",
        "\\u0034111111111111111",
        "\\u{34}111111111111111",
        "%u0034111111111111111",
        "4111\\n1111\\n1111\\n1111",
        "00-12344111111111111111561234567890-b7ad6b7169203331-01",
        "4.111111111111111E+15",
        "4111111111111111.00",
        "+4111 1111 1111 1111",
        "IBAN 4111 1111 1111 1111",
        "03/01/2027 - 05/01/2027 4111111111111111",
        "202611294111111111111111",
        "card4111-1111-1111-1111123",
        "(01)4111111111111111",
        "4111\u3164111111111111",
    ];

    public static TheoryData<string> Innocent =>
    [
        "",
        "Booking 4711",
        "4111111111111112",
        "411111111111111",
        "4111 1111 1111 111",
        "4111111a11111111",
        "4111,1111",
        "0000000000000000",
        "00000000-0000-0000-0000-000000000000",
        "2026-11-22T10:24:55.1234567+00:00",
        "20261122102455",
        "1795343095123",
        "+44 20 7946 0958",
        "GB29 NWBK 6016 1331 9268 19",
        "7000000000000005",
        "⑯⑮⑭⑬⑫⑪⑩⑯⑮⑭⑬⑫⑪⑩⑯⑮",
        "½½½½½½½½½½½½½½½½",
        "03/01/2027 - 05/01/2027",
        "23/01/2027-25/01/2027",
        "23012027-25012027",
        "3. 1. 2027 – 5. 1. 2027",
        "2027-01-03/2027-01-05",
        "03/01/27 14:00 - 05/01/27 11:00",
        "639000000000000000",
        "1795343095123456789",
        "4006381333931",
        "40063813339310",
        "+49 151 12345678, +49 176 98765432",
        "0049 151 12345678",
        "4915112345678",
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "RF18 5390 0754 7034",
        "550e8400-e29b-41d4-a716-446655440000",
        "51.507351, -0.127758",
        "49.99 + 12.50 + 100.00 = 162.49",
        "1Z9999990123456784",
        "9400 1118 9922 3197 4284 90",
        "20261129034012000123",
        "123-1234567-1234567",
    ];

    [Theory]
    [MemberData(nameof(Disguises))]
    public void A_card_number_is_found_however_it_is_written(string text) => ShouldAgree(text).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Innocent))]
    public void What_is_no_card_number_is_let_through(string text) => ShouldAgree(text).ShouldBeFalse();

    [Fact]
    public void Every_separator_hides_nothing_from_it_in_any_position() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Elements(TestCards.All.Select(card => card.Number).ToArray())
                .Zip(Gen.Elements("", " ", "-", ".", "/", "_", "\u00A0", "\u200B", "\u00AD", "\u2011").ArrayOf(19)).ToArbitrary(),
            written => CardNumberDetector.ContainsCardNumber(string.Concat(written.Item1.Select((digit, place) => $"{digit}{written.Item2[place]}")))));

    [Fact]
    public void Any_single_wrong_digit_of_a_lone_number_lets_it_through() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Elements(TestCards.All.Select(card => card.Number).ToArray()).Zip(Gen.Choose(1, 9)).ToArbitrary(),
            typed => !CardNumberDetector.ContainsCardNumber(typed.Item1[..^1] + ((typed.Item1[^1] - '0' + typed.Item2) % 10))));

    [Fact]
    public void Bytes_and_characters_are_judged_alike() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
            Gen.Elements("4111111111111111", "4111", "1111", " 1111 ", "４１", "①", "\u200B", "-", "x", "\uD800", "\uDC00", "\U0001D7CF", "\0", "0", "é").ArrayOf().ToArbitrary(),
            parts =>
            {
                var text = string.Concat(parts);
                return CardNumberDetector.ContainsCardNumber(text) == CardNumberDetector.ContainsCardNumber(Encoding.UTF8.GetBytes(text));
            }));

    [Fact]
    public void Bytes_that_are_not_UTF_8_hide_nothing_and_are_never_a_fault()
    {
        CardNumberDetector.ContainsCardNumber([0xFF, .. "4111111111111111"u8, 0xC3]).ShouldBeTrue();
        CardNumberDetector.ContainsCardNumber([.. "41111111"u8, 0xFF, .. "11111111"u8]).ShouldBeTrue();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(),
            bytes =>
            {
                _ = CardNumberDetector.ContainsCardNumber(bytes);
            }));
    }

    [Fact]
    public void No_timestamp_is_taken_for_a_card_number()
    {
        var random = new Random(20261122);
        var first = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 20_000; i++)
        {
            var at = first.AddMilliseconds(random.NextInt64((long)TimeSpan.FromDays(365 * 60).TotalMilliseconds));
            string[] spellings =
            [
                at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture), at.ToString("O", CultureInfo.InvariantCulture),
                at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ];
            spellings.ShouldAllBe(text => !CardNumberDetector.ContainsCardNumber(text));
        }
    }

    [Fact]
    public void Random_identifiers_are_rarely_taken_for_card_numbers()
    {
        var random = new Random(20261122);
        var bytes = new byte[16];
        var hits = 0;
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            hits += CardNumberDetector.ContainsCardNumber(new Guid(bytes).ToString()) ? 1 : 0;
        }

        hits.ShouldBeLessThan(20, "one in a thousand");
    }

    [Fact]
    public void Fewer_than_one_in_twenty_random_numbers_of_sixteen_digits_is_refused()
    {
        var random = new Random(20261122);
        var hits = Enumerable.Range(0, 20_000)
            .Count(_ => CardNumberDetector.ContainsCardNumber(random.NextInt64(1_000_000_000_000_000, 10_000_000_000_000_000).ToString(CultureInfo.InvariantCulture)));

        hits.ShouldBeInRange(200, 1000);
    }

    [Theory]
    [InlineData(4_096)]
    [InlineData(65_536)]
    public void A_text_of_nothing_but_digits_is_one_group_however_long(int length)
    {
        var digits = new string('7', length);

        ShouldAgree(digits).ShouldBeFalse();
        ShouldAgree(digits + " " + VaultSamples.Visa).ShouldBeTrue();
    }

    [Fact]
    public void A_text_made_to_be_slow_is_judged_all_the_same()
    {
        var endlessBeginnings = string.Concat(Enumerable.Repeat("7 ", 32_768));
        var endlessZeros = new string('0', 65_536);
        var endlessSeparators = "4111" + new string('\u200B', 60_000) + "111111111111";

        ShouldAgree(endlessBeginnings).ShouldBeFalse();
        ShouldAgree(endlessBeginnings + VaultSamples.Visa).ShouldBeTrue();
        ShouldAgree(endlessZeros).ShouldBeFalse();
        ShouldAgree(endlessZeros + VaultSamples.Visa).ShouldBeTrue();
        ShouldAgree(endlessSeparators).ShouldBeTrue();
    }

    private static bool ShouldAgree(string text)
    {
        var found = CardNumberDetector.ContainsCardNumber(text);
        CardNumberDetector.ContainsCardNumber(Encoding.UTF8.GetBytes(text)).ShouldBe(found);
        return found;
    }
}
