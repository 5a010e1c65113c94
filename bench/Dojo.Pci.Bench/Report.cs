using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Dojo.Pci.Bench;

/// <summary>All results of a run, for people and for programs.</summary>
/// <param name="Machine">The machine that it was measured on.</param>
/// <param name="MeasuredAt">When the run began.</param>
/// <param name="IsIndicative">Whether the run was too short to compare with anything.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Measurements">The measurements that they come from.</param>
internal sealed record Report(
    string Machine, DateTimeOffset MeasuredAt, bool IsIndicative, IReadOnlyList<FigureResult> Figures, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>Describes this machine in one line, without its name or address.</summary>
    public static string ThisMachine =>
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Whether every measured figure is within its bound.</summary>
    public bool Passes => !Figures.Any(figure => figure.Fails);

    /// <summary>Writes the report for people: a table of the measurements and one of the figures, both valid Markdown.</summary>
    public void Write(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}. {MeasuredAt:yyyy-MM-dd HH:mm} UTC. Server and load share the cores: only ratios compare with other machines.");
        console.Write(MeasurementTable());
        console.Write(FigureTable());
        console.WriteLine(IsIndicative
            ? "Quick: short rounds over few rows. Indicative only; without --quick it is measured as the figures say."
            : "pass: as it must be. *: the aim is reached too.");
    }

    /// <summary>Returns the report for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);

    private Table MeasurementTable()
    {
        var table = TableOf("shape", "case", "conn.", "req/s", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms", "CPU µs", "bytes", "load µs", "note");
        foreach (var line in Measurements)
        {
            AddRow(
                table,
                line.Shape, line.Name, line.Connections > 0 ? $"{line.Connections}" : "", Whole(line.Rate),
                Milliseconds(line.P50), Milliseconds(line.P95), Milliseconds(line.P99), Milliseconds(line.P999),
                Whole(line.CpuMicroseconds), Whole(line.Bytes), Whole(line.GeneratorMicroseconds), line.Note);
        }

        return table;
    }

    private Table FigureTable()
    {
        var table = TableOf("figure", "value", "must", "aim", "verdict", "note");
        foreach (var result in Figures)
        {
            var figure = result.Figure;
            AddRow(
                table,
                figure.Title, result.Value is { } value ? figure.Format(value) : "", figure.FormatBound(figure.Must), figure.FormatBound(figure.Aim), result.Verdict, result.Note);
        }

        return table;
    }

    private static Table TableOf(params string[] header)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (var column in header)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    // Plain text, so that no cell is parsed as markup.
    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Whole(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Milliseconds(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>The JSON of a report.</summary>
[JsonSerializable(typeof(Report))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ReportJson : JsonSerializerContext;
