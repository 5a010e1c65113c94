using System.Globalization;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A stretch of time up to now that the log can be asked for.</summary>
/// <param name="Name">How an address has it.</param>
/// <param name="Label">How people have it.</param>
/// <param name="Length">How long it is.</param>
/// <param name="BarWidth">How much of it a bar of the chart stands for.</param>
public sealed record LogRange(string Name, string Label, TimeSpan Length, TimeSpan BarWidth)
{
    private const int MostBars = 60;

    private static readonly TimeSpan[] s_widths =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
    ];

    /// <summary>The ranges there are, the shortest first.</summary>
    public static IReadOnlyList<LogRange> All { get; } =
    [
        new("15m", "Last 15 minutes", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(30)),
        new("1h", "Last hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        new("24h", "Last 24 hours", TimeSpan.FromDays(1), TimeSpan.FromMinutes(30)),
        new("7d", "Last 7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(3)),
        new("30d", "Last 30 days", TimeSpan.FromDays(30), TimeSpan.FromHours(12)),
    ];

    /// <summary>The range that is shown where none was chosen.</summary>
    public static LogRange Default { get; } = All[2];

    /// <summary>The range of a name; null for what is none.</summary>
    public static LogRange? Named(string name) => All.FirstOrDefault(range => range.Name == name);

    /// <summary>How much a bar of a stretch of any length stands for, so that there are some dozens.</summary>
    public static TimeSpan WidthOf(TimeSpan length) => Array.Find(s_widths, width => length / width <= MostBars) is { Ticks: > 0 } fitting ? fitting : length / MostBars;

    /// <summary>Where the range begins now: where a bar does, so that the bars keep their places while time goes on.</summary>
    public DateTimeOffset StartAt(DateTimeOffset now)
    {
        var start = now - Length + BarWidth;
        return new DateTimeOffset(start.UtcTicks - start.UtcTicks % BarWidth.Ticks, TimeSpan.Zero);
    }

    /// <summary>How long a bar is, in words.</summary>
    public static string Words(TimeSpan width) => width switch
    {
        { TotalDays: >= 1 } => Counted(width.TotalDays, "day"),
        { TotalHours: >= 1 } => Counted(width.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Counted(width.TotalMinutes, "minute"),
        _ => Counted(Math.Max(1, Math.Round(width.TotalSeconds)), "second"),
    };

    private static string Counted(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}{(count == 1 ? "" : "s")}");
}
