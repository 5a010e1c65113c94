using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Sums hourly counts by day.</summary>
internal static class ApiKeyDays
{
    /// <summary>Returns consecutive days in a time zone from the first on, including those without requests.</summary>
    public static IReadOnlyList<ApiKeyDay> Fill(IEnumerable<CountedHour> counted, DateOnly first, int days, TimeZoneInfo zone)
    {
        var byDay = counted.ToLookup(hour => TimeZones.DayOf(hour.From, zone));
        return
        [
            .. Enumerable.Range(0, days).Select(first.AddDays)
                .Select(day => new ApiKeyDay(day, byDay[day].Sum(hour => hour.Requests), byDay[day].Sum(hour => hour.Failed))),
        ];
    }
}
