using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dojo.Pci.Portal.Cli.Bench;

/// <summary>Everything that a run found, for people and for programs.</summary>
/// <param name="Machine">What it was measured on.</param>
/// <param name="MeasuredAt">When it began.</param>
/// <param name="IsIndicative">Whether it was too short to be held against anything.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Measurements">What they come from.</param>
internal sealed record Report(
    string Machine, DateTimeOffset MeasuredAt, bool IsIndicative, IReadOnlyList<FigureResult> Figures, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>This machine in a line: no name, no address.</summary>
    public static string ThisMachine =>
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Whether everything that was measured is as it must be.</summary>
    public bool Passes => !Figures.Any(figure => figure.Fails);

    /// <summary>For people: a table of what was measured, and one of the figures.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine}. {MeasuredAt:yyyy-MM-dd HH:mm} UTC. Server and load share the cores: only ratios compare with other machines.");
        text.AppendLine().Append(MeasurementTable());
        text.AppendLine().Append(FigureTable());
        text.AppendLine().AppendLine(IsIndicative
            ? "Quick: short rounds over few rows. Indicative only; without --quick it is measured as the figures say."
            : "pass: as it must be. *: the aim is reached too.");
        return text.ToString();
    }

    /// <summary>For programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);

    private TextTable MeasurementTable()
    {
        var table = new TextTable("shape", "case", "conn.", "req/s", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms", "CPU µs", "bytes", "load µs", "note");
        foreach (var line in Measurements)
        {
            table.Add(
                line.Shape, line.Name, line.Connections > 0 ? $"{line.Connections}" : "", Whole(line.Rate),
                Milliseconds(line.P50), Milliseconds(line.P95), Milliseconds(line.P99), Milliseconds(line.P999),
                Whole(line.CpuMicroseconds), Whole(line.Bytes), Whole(line.GeneratorMicroseconds), line.Note);
        }

        return table;
    }

    private TextTable FigureTable()
    {
        var table = new TextTable("figure", "value", "must", "aim", "verdict", "note");
        foreach (var result in Figures)
        {
            var figure = result.Figure;
            table.Add(
                figure.Title, result.Value is { } value ? figure.Format(value) : "", figure.FormatBound(figure.Must), figure.FormatBound(figure.Aim), result.Verdict, result.Note);
        }

        return table;
    }

    private static string Whole(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Milliseconds(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>The JSON of a report.</summary>
[JsonSerializable(typeof(Report))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ReportJson : JsonSerializerContext;
