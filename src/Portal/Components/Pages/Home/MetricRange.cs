using System.Globalization;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>A period up to now that metrics are shown for: whole hours or whole days, the last of which is not over.</summary>
/// <param name="Name">The name in an address.</param>
/// <param name="Label">The label, in a word or two: "7 days".</param>
/// <param name="Before">The period that it is compared with: "in the 7 days before".</param>
/// <param name="Count">The number of hours or days.</param>
/// <param name="IsInDays">Whether these are days, in the reader's time zone.</param>
/// <param name="Bars">The number of bars of its charts. A single hour is shown with the hours before it.</param>
internal sealed record MetricRange(string Name, string Label, string Before, int Count, bool IsInDays, int Bars)
{
    /// <summary>The address parameter that names the range.</summary>
    public const string Parameter = "range";

    /// <summary>All ranges, shortest first.</summary>
    public static IReadOnlyList<MetricRange> All { get; } =
    [
        new("1h", "Hour", "in the hour before", 1, IsInDays: false, 12),
        new("24h", "Day", "in the 24 hours before", 24, IsInDays: false, 24),
        new("7d", "7 days", "in the 7 days before", 7, IsInDays: true, 7),
        new("30d", "30 days", "in the 30 days before", 30, IsInDays: true, 30),
    ];

    /// <summary>The range that is shown if none is chosen.</summary>
    public static MetricRange Default { get; } = All[1];

    /// <summary>What its charts show: "Last 12 hours".</summary>
    public string ChartLabel => $"Last {Bars} {(IsInDays ? "days" : "hours")}";

    /// <summary>The period that its charts are compared with.</summary>
    public string BeforeChart => $"in the {Bars} {(IsInDays ? "days" : "hours")} before";

    /// <summary>Finds a range by its name; the default if there is none of that name.</summary>
    public static MetricRange Named(string? name) => All.FirstOrDefault(range => range.Name == name) ?? Default;

    /// <summary>Compares a number with that of the period before: "12% more than in the 24 hours before".</summary>
    public string Compare(long now, long before) => (now, before) switch
    {
        (0, 0) => $"None {Before} either",
        (_, 0) => $"None {Before}",
        _ when now == before => $"As many as {Before}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(now - before) / (double)before:0%} {(now > before ? "more" : "less")} than {Before}"),
    };
}
