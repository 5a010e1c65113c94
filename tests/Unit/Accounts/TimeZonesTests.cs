using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Accounts;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Copenhagen")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince")]
    [InlineData("Etc/GMT+5")]
    [InlineData("Asia/Kolkata")]
    public void A_zone_is_found_by_its_IANA_name(string name)
    {
        TimeZones.TryFind(name, out var zone).ShouldBeTrue();
        zone.Id.ShouldBe(name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe/../Europe/Paris")]
    [InlineData("localtime")]
    [InlineData("posix/Europe/Paris")]
    [InlineData("right/Europe/Paris")]
    [InlineData("Europe")]
    [InlineData("tzdata.zi")]
    [InlineData("Europe/Paris\0")]
    [InlineData("Europe/Paris ")]
    [InlineData("<script>")]
    public void What_is_no_zone_is_not_found(string? name) => TimeZones.TryFind(name, out _).ShouldBeFalse();

    [Fact]
    public void A_name_of_any_length_is_not_found() => TimeZones.TryFind($"A{new string('a', 100_000)}", out _).ShouldBeFalse();

    [Fact]
    public void The_zones_to_choose_from_begin_with_UTC_and_can_all_be_found()
    {
        TimeZones.All[0].ShouldBe(TimeZoneInfo.Utc);
        TimeZones.All.Count.ShouldBeGreaterThan(300);
        TimeZones.All.Where(zone => !TimeZones.TryFind(zone.Id, out _)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Europe/Copenhagen", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Copenhagen", "2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-29", "2026-11-28T18:30:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")] // no midnight: clocks go from 24:00 to 01:00
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")] // two midnights: the day begins with the first
    [InlineData("UTC", "2026-11-29", "2026-11-29T00:00:00Z")]
    public void A_day_begins_with_its_first_instant(string name, string day, string begins)
    {
        TimeZones.TryFind(name, out var zone).ShouldBeTrue();

        var start = TimeZones.StartOf(DateOnly.Parse(day), zone);

        start.ShouldBe(DateTimeOffset.Parse(begins));
        TimeZones.DayOf(start, zone).ShouldBe(DateOnly.Parse(day));
        TimeZones.DayOf(start.AddTicks(-1), zone).ShouldBe(DateOnly.Parse(day).AddDays(-1));
    }
}
