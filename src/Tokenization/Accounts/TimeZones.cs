using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Accounts;

/// <summary>
/// The time zones that a member can choose, by their names in the IANA database, such as <c>Europe/Copenhagen</c>. They come from the
/// machine's <c>tzdata</c>; where that is missing there is UTC alone.
/// </summary>
public static class TimeZones
{
    /// <summary>The most characters of a name that is looked up; the longest in use has 32.</summary>
    public const int Longest = 64;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    // Beside the zones, tzdata has trees with leap seconds and links to the machine's own zone, which are no names of zones.
    private static readonly string[] s_notZones = ["right/", "posix/", "localtime", "posixrules", "Factory"];

    private static readonly Lazy<IReadOnlyList<TimeZoneInfo>> s_all = new(
        () => [TimeZoneInfo.Utc, .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.Id.Contains('/', StringComparison.Ordinal)).OrderBy(zone => zone.Id, StringComparer.Ordinal)]);

    /// <summary>The zones to choose from: UTC, then the rest by name. Older names are accepted by <see cref="TryFind"/> too.</summary>
    public static IReadOnlyList<TimeZoneInfo> All => s_all.Value;

    /// <summary>Finds a zone by its name; false for what is none, and for every zone but UTC on a machine without tzdata.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (name == TimeZoneInfo.Utc.Id)
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        // A name is looked up as a file: what is not spelled like one must not reach the disk.
        return name is { Length: > 0 and <= Longest } && !name.AsSpan().ContainsAnyExcept(s_nameCharacters) && char.IsAsciiLetterUpper(name[0])
            && !s_notZones.Any(other => name.StartsWith(other, StringComparison.Ordinal))
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>The day that it is in a zone at an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The instant at which a day begins in a zone; on a day without a midnight, the first instant after it.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => InstantOf(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>
    /// The instant of a time that clocks in a zone show. When they go forward some times of the day do not exist: what clocks show instead
    /// is meant, 03:30 for 02:30. When they go back some exist twice: the first is meant.
    /// </summary>
    public static DateTimeOffset InstantOf(DateTime shown, TimeZoneInfo zone)
    {
        var local = DateTime.SpecifyKind(shown, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1)) // that of before the gap
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
