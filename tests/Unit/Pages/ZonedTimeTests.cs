using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class ZonedTimeTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 29, 3, 31, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("UTC", "29 Nov 2026, 03:31", "29 Nov 2026, 03:31:05 UTC")]
    [InlineData("Europe/Copenhagen", "29 Nov 2026, 04:31", "29 Nov 2026, 04:31:05 Europe/Copenhagen (UTC+01:00)")]
    [InlineData("America/Los_Angeles", "28 Nov 2026, 19:31", "28 Nov 2026, 19:31:05 America/Los_Angeles (UTC-08:00)")]
    [InlineData("Asia/Kathmandu", "29 Nov 2026, 09:16", "29 Nov 2026, 09:16:05 Asia/Kathmandu (UTC+05:45)")]
    [InlineData("Africa/Abidjan", "29 Nov 2026, 03:31", "29 Nov 2026, 03:31:05 Africa/Abidjan (UTC)")]
    public void A_time_is_written_in_its_zone_and_in_full_with_the_name_of_it(string zone, string text, string full)
    {
        In(zone).Write(s_at).ShouldBe(text);
        In(zone).WriteInFull(s_at).ShouldBe(full);
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(60 * 59, "59 minutes ago")]
    [InlineData(3600, "1 hour ago")]
    [InlineData(86400 * 2, "2 days ago")]
    [InlineData(86400 * 61, "2 months ago")]
    [InlineData(86400 * 800, "2 years ago")]
    [InlineData(-7200, "in 2 hours")]
    public void A_relative_time_has_its_largest_unit(int secondsAgo, string text) =>
        ZonedTime.WriteRelative(s_at.AddSeconds(-secondsAgo), s_at).ShouldBe(text);

    [Theory]
    [InlineData("UTC", "2026-11-29T03:31", "2026-11-29T03:31:00Z")]
    [InlineData("Europe/Copenhagen", "2026-11-29T04:31", "2026-11-29T03:31:00Z")]
    [InlineData("Europe/Copenhagen", "2026-03-29T02:30", "2026-03-29T01:30:00Z")] // does not exist: 03:30
    [InlineData("Europe/Copenhagen", "2026-10-25T02:30", "2026-10-25T00:30:00Z")] // exists twice: the first
    public void What_a_field_sends_is_read_in_the_zone(string zone, string written, string at)
    {
        In(zone).TryReadInput(written, out var read).ShouldBeTrue();
        read.ShouldBe(DateTimeOffset.Parse(at));
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30T00:00")]
    [InlineData("29.11.2026 03:31")]
    public void What_is_no_time_is_not_read(string written) => In("UTC").TryReadInput(written, out _).ShouldBeFalse();

    [Fact]
    public void What_is_written_into_a_field_is_read_back_as_the_same_minute()
    {
        In("Asia/Kolkata").TryReadInput(In("Asia/Kolkata").WriteInput(s_at), out var read).ShouldBeTrue();

        read.ShouldBe(s_at.AddSeconds(-5));
        In("UTC").WriteInput(null).ShouldBe("");
        In("UTC").TryReadInput("", out var none).ShouldBeTrue();
        none.ShouldBeNull();
    }

    private static ZonedTime In(string name) => TimeZones.TryFind(name, out var zone) ? new ZonedTime(zone) : throw new InvalidOperationException(name);
}
