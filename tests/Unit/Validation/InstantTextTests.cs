using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData("2027-01-31T12:34:56Z", "2027-01-31T12:34:56.0000000Z")]
    [InlineData("2027-01-31t12:34:56z", "2027-01-31T12:34:56.0000000Z")]
    [InlineData("2027-01-31T12:34:56.7Z", "2027-01-31T12:34:56.7000000Z")]
    [InlineData("2027-01-31T12:34:56.1234567Z", "2027-01-31T12:34:56.1234567Z")]
    [InlineData("2027-01-31T12:34:56.123456789Z", "2027-01-31T12:34:56.1234567Z")]
    [InlineData("2027-01-31T12:34:56+01:00", "2027-01-31T11:34:56.0000000Z")]
    [InlineData("2027-01-31T12:34:56-05:30", "2027-01-31T18:04:56.0000000Z")]
    [InlineData("2027-01-31T23:34:56-23:59", "2027-02-01T23:33:56.0000000Z")]
    [InlineData("2027-01-31T12:34:56-00:00", "2027-01-31T12:34:56.0000000Z")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void An_instant_of_RFC_3339_is_read(string text, string instant) => Read(text).ShouldBe(instant);

    // The formats of a .NET DateTime of unspecified kind, and of a date-time input of HTML.
    [Theory]
    [InlineData("2027-01-31T12:34:56", "2027-01-31T12:34:56.0000000Z")]
    [InlineData("2027-01-31T12:34:56.1234567", "2027-01-31T12:34:56.1234567Z")]
    [InlineData("2027-01-31T12:34", "2027-01-31T12:34:00.0000000Z")]
    [InlineData("2027-01-31", "2027-01-31T00:00:00.0000000Z")]
    public void What_has_no_offset_is_UTC(string text, string instant) => Read(text).ShouldBe(instant);

    [Theory]
    [InlineData("")]
    [InlineData(" 2027-01-31")]
    [InlineData("2027-01-31 ")]
    [InlineData("2027-01-31Z")]
    [InlineData("2027-13-01")]
    [InlineData("2027-00-01")]
    [InlineData("2027-02-29")]
    [InlineData("2027-04-31")]
    [InlineData("0000-01-01")]
    [InlineData("27-01-31")]
    [InlineData("2027-1-31")]
    [InlineData("20270131")]
    [InlineData("+2027-01-31")]
    [InlineData("31/01/2027")]
    [InlineData("2027-01-31 12:34:56Z")]
    [InlineData("2027-01-31T")]
    [InlineData("2027-01-31T12")]
    [InlineData("2027-01-31T24:00:00Z")]
    [InlineData("2027-01-31T12:60:00Z")]
    [InlineData("2027-01-31T23:59:60Z")]
    [InlineData("2027-01-31T12:34:56.Z")]
    [InlineData("2027-01-31T12:34:56,5Z")]
    [InlineData("2027-01-31T12:34:56+0100")]
    [InlineData("2027-01-31T12:34:56+1:00")]
    [InlineData("2027-01-31T12:34:56+24:00")]
    [InlineData("2027-01-31T12:34:56 +01:00")]
    [InlineData("2027-01-31T12:34:56ZZ")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:00-00:01")]
    [InlineData("\u0662027-01-31")]
    [InlineData("tomorrow")]
    [InlineData(null)]
    public void Anything_else_is_none(string? text) => InstantText.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_text_of_any_length_is_none() => InstantText.TryParse(new string('2', 10_000), out _).ShouldBeFalse();

    private static string Read(string text)
    {
        InstantText.TryParse(text, out var instant).ShouldBeTrue();
        return instant.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
    }
}
