using System.Globalization;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class CardExpiryTests
{
    private static readonly Arbitrary<(int Year, int Month)> s_months = Gen.Choose(2000, 2099).Zip(Gen.Choose(1, 12)).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    [Theory]
    [InlineData("12/29", "2029-12-31T23:59:59Z", false)]
    [InlineData("12/29", "2030-01-01T11:59:59.9999999Z", false)]
    [InlineData("12/29", "2030-01-01T12:00:00Z", true)]
    [InlineData("12/29", "2029-12-31T23:59:59-12:00", false)]
    [InlineData("12/29", "2030-01-01T00:00:00-12:00", true)]
    [InlineData("02/28", "2028-02-29T23:59:59Z", false)]
    [InlineData("02/28", "2028-03-01T12:00:00Z", true)]
    [InlineData("02/32", "2032-03-01T11:59:59Z", false)]
    [InlineData("01/00", "2000-02-01T12:00:00Z", true)]
    [InlineData("12/99", "2099-12-31T23:59:59Z", false)]
    [InlineData("12/99", "2100-01-01T12:00:00Z", true)]
    public void A_card_expires_once_its_month_has_ended_everywhere(string expiry, string now, bool expired)
    {
        CardExpiry.TryParse(VaultSamples.Utf8(expiry), out var parsed).ShouldBeTrue();

        parsed.IsExpiredAt(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).ShouldBe(expired);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00/30")]
    [InlineData("13/30")]
    [InlineData("1/30")]
    [InlineData("01/3")]
    [InlineData("01/030")]
    [InlineData("01-30")]
    [InlineData("0130")]
    [InlineData("01/2030")]
    [InlineData("2030-01")]
    [InlineData(" 01/30")]
    [InlineData("01/30 ")]
    [InlineData("01/30\n")]
    [InlineData("+1/30")]
    [InlineData("01/ 3")]
    [InlineData("01/-1")]
    [InlineData("0:/30")]
    [InlineData("٠١/٣٠")]
    [InlineData("０１/３０")]
    public void Anything_but_two_ASCII_digits_a_slash_and_two_is_refused(string text) =>
        CardExpiry.TryParse(VaultSamples.Utf8(text), out _).ShouldBeFalse();

    [Fact]
    public void Only_digits_are_read_from_any_five_bytes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(5).ToArbitrary(),
            bytes => !CardExpiry.TryParse(bytes, out var parsed) || VaultSamples.Utf8(parsed.ToString()).SequenceEqual(bytes)));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_month() =>
        Check.QuickThrowOnFailure(Prop.ForAll(s_months, month =>
        {
            var expiry = new CardExpiry(month.Year, month.Month);
            return CardExpiry.TryParse(VaultSamples.Utf8(expiry.ToString()), out var parsed) && parsed == expiry;
        }));

    [Fact]
    public void A_card_is_good_on_its_last_day_everywhere_and_not_two_days_later() =>
        Check.QuickThrowOnFailure(Prop.ForAll(s_months, month =>
        {
            var expiry = new CardExpiry(month.Year, month.Month);
            var lastDay = new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month));
            var lastMomentOnEarth = new DateTimeOffset(lastDay, new TimeOnly(23, 59, 59), TimeSpan.FromHours(-12));
            return !expiry.IsExpiredAt(lastMomentOnEarth) && expiry.IsExpiredAt(lastMomentOnEarth.AddSeconds(1));
        }));
}
