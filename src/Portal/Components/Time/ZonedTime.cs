using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>
/// Formats times for pages, in one time zone and one format: <c>29 Nov 2026, 03:31</c>. Every page, chart and day filter of a member uses the same
/// zone: that of <see cref="MemberClock"/>.
/// </summary>
/// <param name="Zone">The time zone.</param>
public sealed record ZonedTime(TimeZoneInfo Zone)
{
    private const string DayFormat = "d MMM yyyy";
    private const string TimeFormat = "HH:mm";
    private const string InputFormat = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] s_inputFormats = [InputFormat, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFF"];

    /// <summary>Times in UTC, for readers without a zone.</summary>
    public static ZonedTime Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The name of the zone: <c>Europe/Copenhagen</c>, <c>UTC</c>.</summary>
    public string ZoneName => Zone.Id;

    /// <summary>Day and time: <c>29 Nov 2026, 03:31</c>.</summary>
    public string Write(DateTimeOffset at) => Text(at, $"{DayFormat}, {TimeFormat}");

    /// <summary>Day, time with seconds, and zone, for a tooltip: <c>29 Nov 2026, 03:31:05 Europe/Copenhagen (UTC+01:00)</c>.</summary>
    public string WriteInFull(DateTimeOffset at)
    {
        var offset = Zone.GetUtcOffset(at);
        var difference = offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
        var text = Text(at, $"{DayFormat}, HH:mm:ss");
        return ZoneName == difference ? $"{text} {ZoneName}" : $"{text} {ZoneName} ({difference})";
    }

    /// <summary>Day without its year, and time to the millisecond, for a list of frequent events: <c>29 Nov, 03:31:05.123</c>.</summary>
    public string WriteShortToMilliseconds(DateTimeOffset at) => Text(at, "d MMM, HH:mm:ss.fff");

    /// <summary>Day and time to the millisecond, for frequent events: <c>29 Nov 2026, 03:31:05.123</c>.</summary>
    public string WriteToMilliseconds(DateTimeOffset at) => Text(at, $"{DayFormat}, HH:mm:ss.fff");

    /// <summary>The time of the day: <c>03:31</c>.</summary>
    public string WriteTime(DateTimeOffset at) => Text(at, TimeFormat);

    /// <summary>The day: <c>29 Nov 2026</c>.</summary>
    public string WriteDay(DateTimeOffset at) => Text(at, DayFormat);

    /// <summary>A day without its year, for a row of days: <c>29 Nov</c>.</summary>
    public static string WriteShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>How long ago or ahead, in its largest unit: <c>3 minutes ago</c>, <c>in 2 days</c>, <c>just now</c>.</summary>
    public static string WriteRelative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (now - at).Duration();
        var (count, unit) = distance switch
        {
            { TotalMinutes: < 1 } => (0, ""),
            { TotalHours: < 1 } => ((int)distance.TotalMinutes, "minute"),
            { TotalDays: < 1 } => ((int)distance.TotalHours, "hour"),
            { TotalDays: < 60 } => ((int)distance.TotalDays, "day"),
            { TotalDays: < 730 } => ((int)(distance.TotalDays / 30.44), "month"),
            _ => ((int)(distance.TotalDays / 365.25), "year"),
        };
        var length = count == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s");
        return count == 0 ? "just now" : at <= now ? $"{length} ago" : $"in {length}";
    }

    /// <summary>The day of an instant in the zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => TimeZones.DayOf(at, Zone);

    /// <summary>The instant at which a day begins in the zone; on a day without a midnight, the first instant after it.</summary>
    public DateTimeOffset StartOf(DateOnly day) => TimeZones.StartOf(day, Zone);

    /// <summary>Formats an instant for <c>input type="datetime-local"</c>; empty for null.</summary>
    public string WriteInput(DateTimeOffset? at) => at is { } instant ? Text(instant, InputFormat) : "";

    /// <summary>Parses the value of such an input; null if it is empty. Returns false if the value is not a time.</summary>
    public bool TryReadInput(string? written, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(written))
        {
            return true;
        }

        var isTime = DateTime.TryParseExact(written, s_inputFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
        at = isTime ? TimeZones.InstantOf(read, Zone) : null;
        return isTime;
    }

    private string Text(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, Zone).ToString(format, CultureInfo.InvariantCulture);
}
