using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Sandbox;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>The words that the sandbox page uses for time.</summary>
internal static class ClockWords
{
    /// <summary>The steps that are offered.</summary>
    public static readonly IReadOnlyList<(string Words, CalendarDuration By)> Steps =
    [
        ("1 hour", TimeSpan.FromHours(1)), ("1 day", TimeSpan.FromDays(1)), ("1 week", TimeSpan.FromDays(7)), ("1 month", new CalendarDuration(1, default)), ("1 year", new CalendarDuration(12, default)),
    ];

    /// <summary>Describes what falls due, as the end of a sentence.</summary>
    public static string Describe(DueCounts due)
    {
        string?[] parts =
        [
            Part(due.Expiring, "token expires", "tokens expire"),
            Part(due.CardsExpiring, "card passes its expiry month", "cards pass their expiry month"),
            Part(due.Destroyed, "finished token loses its card data", "finished tokens lose their card data"),
            Part(due.Released, "payment is released", "payments are released"),
            Part(due.Captured, "payment is captured", "payments are captured"),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>Formats a length of time: days, or hours and minutes.</summary>
    public static string Length(TimeSpan time) => time.TotalDays >= 2 ? $"{Math.Round(time.TotalDays):N0} days"
        : time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : $"{time.Minutes} min";

    private static string? Part(int count, string one, string many) => count == 0 ? null : count == 1 ? $"1 {one}" : $"{count:N0} {many}";
}
