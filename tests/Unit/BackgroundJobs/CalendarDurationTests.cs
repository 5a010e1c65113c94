using System.Globalization;
using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tests.Unit.BackgroundJobs;

public sealed class CalendarDurationTests
{
    [Theory]
    [InlineData("2026-01-31T10:00:00", "P1M", "2026-02-28T10:00:00")]
    [InlineData("2028-01-31T10:00:00", "P1M", "2028-02-29T10:00:00")]
    [InlineData("2026-03-31T10:00:00", "P1M", "2026-04-30T10:00:00")]
    [InlineData("2028-02-29T10:00:00", "P1Y", "2029-02-28T10:00:00")]
    [InlineData("2026-12-15T10:00:00", "P1M", "2027-01-15T10:00:00")]
    [InlineData("2026-03-04T10:00:00", "P1W", "2026-03-11T10:00:00")]
    [InlineData("2026-03-04T10:00:00", "P1Y2M3DT4H5M6S", "2027-05-07T14:05:06")]
    [InlineData("2026-03-04T10:00:00", "P1Y2M1W3DT4H", "2027-05-14T14:00:00")]
    [InlineData("2026-01-31T10:00:00", "P1M1D", "2026-03-01T10:00:00")]
    [InlineData("2026-03-04T10:00:00", "P0.5Y", "2026-09-04T10:00:00")]
    [InlineData("2026-03-04T10:00:00", "P0.5W", "2026-03-07T22:00:00")]
    [InlineData("2026-03-04T10:00:00", "P1,5D", "2026-03-05T22:00:00")]
    [InlineData("2026-03-04T10:00:00", "PT1.5H", "2026-03-04T11:30:00")]
    [InlineData("2026-03-04T10:00:00", "PT0.5M", "2026-03-04T10:00:30")]
    [InlineData("2026-03-04T10:00:00", "PT90M", "2026-03-04T11:30:00")]
    [InlineData("2026-03-04T10:00:00", "P0D", "2026-03-04T10:00:00")]
    public void A_duration_is_added_by_the_calendar(string start, string duration, string end)
    {
        CalendarDuration.TryParse(duration, out var parsed).ShouldBeTrue();
        parsed.TryAddTo(Utc(start), out var reached).ShouldBeTrue();
        reached.ShouldBe(Utc(end));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1D")]
    [InlineData("p1d")]
    [InlineData("P1d")]
    [InlineData("-P1D")]
    [InlineData("+P1D")]
    [InlineData("P-1D")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1D2M")]
    [InlineData("P1M1M")]
    [InlineData("P1.5M")]
    [InlineData("P0.3Y")]
    [InlineData("P1.5DT1H")]
    [InlineData("P.5D")]
    [InlineData("P5.D")]
    [InlineData("P1D ")]
    [InlineData(" P1D")]
    [InlineData("P1D\n")]
    [InlineData("P1\u0661D")]
    [InlineData("P99999999999Y")]
    [InlineData("P999999999999D")]
    [InlineData("P9999999999999D")]
    [InlineData("a day")]
    public void Anything_else_is_none(string text) => CalendarDuration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("P8000Y")]
    [InlineData("P7973Y10M")]
    [InlineData("P3000000D")]
    public void Beyond_the_calendar_nothing_is_reached(string duration)
    {
        CalendarDuration.TryParse(duration, out var parsed).ShouldBeTrue();
        parsed.TryAddTo(Utc("2026-03-04T10:00:00"), out _).ShouldBeFalse();
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
