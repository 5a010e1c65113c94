using System.Globalization;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A period up to now that the log can be filtered by.</summary>
/// <param name="Name">The name in an address.</param>
/// <param name="Label">The label.</param>
/// <param name="Length">The length of the period.</param>
/// <param name="BarWidth">The width of a bar of the chart.</param>
public sealed record LogRange(string Name, string Label, TimeSpan Length, TimeSpan BarWidth)
{
    private const int MostBars = 60;

    private static readonly TimeSpan[] s_widths =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
    ];

    /// <summary>All ranges, shortest first.</summary>
    public static IReadOnlyList<LogRange> All { get; } =
    [
        new("15m", "Last 15 minutes", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(30)),
        new("1h", "Last hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        new("24h", "Last 24 hours", TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)),
        new("7d", "Last 7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(3)),
        new("30d", "Last 30 days", TimeSpan.FromDays(30), TimeSpan.FromHours(12)),
    ];

    /// <summary>The range that is shown if none is chosen.</summary>
    public static LogRange Default { get; } = All[2];

    /// <summary>Finds a range by its name; null if there is none of that name.</summary>
    public static LogRange? Named(string name) => All.FirstOrDefault(range => range.Name == name);

    /// <summary>Returns the width of a bar for a period of any length, so that there are at most 60 bars.</summary>
    public static TimeSpan WidthOf(TimeSpan length) => Array.Find(s_widths, width => length / width <= MostBars) is { Ticks: > 0 } fitting ? fitting : length / MostBars;

    /// <summary>Returns where the range begins now. It is aligned to a bar, so that the bars keep their places as time passes.</summary>
    public DateTimeOffset StartAt(DateTimeOffset now)
    {
        var start = now - Length + BarWidth;
        return new DateTimeOffset(start.UtcTicks - start.UtcTicks % BarWidth.Ticks, TimeSpan.Zero);
    }

    /// <summary>Returns the width of a bar in words.</summary>
    public static string Words(TimeSpan width) => width switch
    {
        { TotalDays: >= 1 } => Counted(width.TotalDays, "day"),
        { TotalHours: >= 1 } => Counted(width.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Counted(width.TotalMinutes, "minute"),
        _ => Counted(Math.Max(1, Math.Round(width.TotalSeconds)), "second"),
    };

    private static string Counted(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}{(count == 1 ? "" : "s")}");
}
