namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Days in a row.</summary>
internal static class ApiKeyDays
{
    /// <summary>Every day from the first on, those without a request too.</summary>
    public static IReadOnlyList<ApiKeyDay> Fill(IEnumerable<ApiKeyDay> counted, DateOnly first, int days)
    {
        var byDay = counted.ToDictionary(day => day.Day);
        return [.. Enumerable.Range(0, days).Select(first.AddDays).Select(day => byDay.GetValueOrDefault(day, new ApiKeyDay(day, 0, 0)))];
    }
}
