using System.Globalization;

namespace Dojo.Pci.Bench;

/// <summary>A figure that the product promises.</summary>
/// <param name="Id">Its name in JSON.</param>
/// <param name="Title">Its name in the printed report.</param>
/// <param name="Must">The bound that it must reach: a minimum or a maximum.</param>
/// <param name="Aim">The value that we aim for.</param>
/// <param name="Unit">The unit; empty for ratios.</param>
/// <param name="IsLeast">Whether more is better.</param>
internal sealed record Figure(string Id, string Title, double Must, double Aim, string Unit, bool IsLeast)
{
    /// <summary>All figures, in the order in which they are shown.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        AtLeast("echo-ratio", "durable POST / bare Kestrel JSON echo, 64 connections", 0.15, 0.40, ""),
        AtLeast("naive-ratio", "the same against naive (connection and transaction per request)", 10, 25, "×"),
        AtLeast("slow-disk-ratio", "with 2 ms added to every fsync, against one row per commit", 12, 20, "×"),
        AtMost("p99-16", "p99 at 16 connections", 15, 5, "ms"),
        AtMost("p99-64", "p99 at 64 connections", 30, 10, "ms"),
        AtMost("open-loop-p99", "p99 at 1,000/s, open loop", 15, 8, "ms"),
        AtMost("cpu-ratio", "server CPU per durable POST / echo's", 7, 4, "×"),
        AtMost("allocation", "allocation per durable POST", 8, 4, "KB"),
        AtMost("point-read-p99", "point read p99 at 5,000/s, open loop, while 1,000/s are written", 10, 5, "ms"),
        AtMost("reads-1m-p99", "newest page, random page, each filter: p99 at 1 M rows", 20, 5, "ms"),
        AtMost("reads-10m-p99", "the same at 10 M rows", 100, 20, "ms"),
        AtMost("logs-1m-p99", "request log, first page of each filter: p99 at 1 M rows", 100, 20, "ms"),
        AtLeast("growth", "growth from 10 k to 5 M rows, throughput kept", 0.8, 0.95, ""),
        AtLeast("prism-ratio", "against Prism mocking the OpenAPI file, 16 connections", 8, 20, "×"),
        AtMost("start", "process start to first 200, existing database", 1, 0.5, "s"),
        AtMost("memory", "memory under load, 64 connections", 300, 200, "MB"),
        AtMost("overload-p99", "overload: p99 of the 200s / their normal p99", 2, 1.5, "×"),
        AtMost("overload-recovery", "overload: time to recover", 1, 0.5, "s"),
        AtMost("webhook-p99", "from a change to its webhook's receiver at 1,000 events/s: p99", 250, 50, "ms"),
        AtLeast("webhook-rate", "durable POST with one subscription / with none", 0.9, 0.95, ""),
        AtLeast("postgres-ratio", "on PostgreSQL: durable POST against a commit for each request, 64 connections", 4, 8, "×"),
        AtMost("postgres-reads-p99", "on PostgreSQL: newest page, random page, each filter: p99 at 1 M rows", 20, 5, "ms"),
    ];

    /// <summary>A value as it is shown, with its unit.</summary>
    public string Format(double value)
    {
        var digits = Math.Abs(value) < 1 ? 3 : Math.Abs(value) < 10 ? 2 : Math.Abs(value) < 100 ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, digits)}{(Unit.Length > 0 ? " " : "")}{Unit}");
    }

    /// <summary>A bound as it is shown.</summary>
    public string FormatBound(double bound) => $"{(IsLeast ? "≥" : "≤")} {Format(bound)}";

    /// <summary>Whether a value is within a bound.</summary>
    public bool Reaches(double value, double bound) => IsLeast ? value >= bound : value <= bound;

    private static Figure AtLeast(string id, string title, double must, double aim, string unit) => new(id, title, must, aim, unit, IsLeast: true);

    private static Figure AtMost(string id, string title, double must, double aim, string unit) => new(id, title, must, aim, unit, IsLeast: false);
}

/// <summary>The result for a figure.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Value">The measured value; null when nothing was measured.</param>
/// <param name="Note">What the value refers to, or why nothing was measured and how to change that.</param>
internal sealed record FigureResult(Figure Figure, double? Value, string Note)
{
    /// <summary>Whether it was measured and misses its bound.</summary>
    public bool Fails => Value is { } value && !Figure.Reaches(value, Figure.Must);

    /// <summary>In a word: <c>pass</c>, with a star where the aim is reached, <c>FAIL</c> or <c>not run</c>.</summary>
    public string Verdict => Value is not { } value ? "not run" : Fails ? "FAIL" : Figure.Reaches(value, Figure.Aim) ? "pass *" : "pass";
}
