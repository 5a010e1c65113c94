using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Days in a row.</summary>
internal static class ApiKeyDays
{
    /// <summary>Every day of a zone from the first on, those without a request too.</summary>
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
