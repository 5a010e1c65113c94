using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>
/// The time zones that a member can choose, by their names in the IANA database, such as <c>Europe/Copenhagen</c>. They come from the
/// machine's <c>tzdata</c>; if that is missing, UTC is the only one.
/// </summary>
public static class TimeZones
{
    /// <summary>The most characters of a time zone name that is accepted; the longest in use has 32.</summary>
    public const int Longest = 64;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    // Besides the zones, tzdata has directories with leap seconds and links to the machine's own zone, which are not zone names.
    private static readonly string[] s_notZones = ["right/", "posix/", "localtime", "posixrules", "Factory"];

    private static readonly Lazy<IReadOnlyList<TimeZoneInfo>> s_all = new(
        () => [TimeZoneInfo.Utc, .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.Id.Contains('/', StringComparison.Ordinal)).OrderBy(zone => zone.Id, StringComparer.Ordinal)]);

    /// <summary>The zones to choose from: UTC, then the rest by name. <see cref="TryFind"/> accepts older names too.</summary>
    public static IReadOnlyList<TimeZoneInfo> All => s_all.Value;

    /// <summary>Finds a zone by its name. Returns false if there is no such zone, and for every zone but UTC on a machine without tzdata.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (name == TimeZoneInfo.Utc.Id)
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        // The framework looks a name up as a file, so text that is not spelled like a zone name must not reach the disk.
        return name is { Length: > 0 and <= Longest } && !name.AsSpan().ContainsAnyExcept(s_nameCharacters) && char.IsAsciiLetterUpper(name[0])
            && !s_notZones.Any(other => name.StartsWith(other, StringComparison.Ordinal))
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>Returns the date in a zone at an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>Returns the instant at which a day begins in a zone; on a day without a midnight, the first instant after the gap.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => InstantOf(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>
    /// Converts a local time in a zone to an instant. A time that the clocks skip when they go forward means the time that they show instead, 03:30 for
    /// 02:30. A time that occurs twice when they go back means the first one.
    /// </summary>
    public static DateTimeOffset InstantOf(DateTime shown, TimeZoneInfo zone)
    {
        var local = DateTime.SpecifyKind(shown, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1)) // the offset before the gap
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
