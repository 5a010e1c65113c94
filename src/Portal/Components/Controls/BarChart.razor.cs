using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Counts over time as bars with axes; the same as a table for a screen reader.</summary>
public sealed partial class BarChart
{
    private const string Good = "var(--mud-palette-info)";
    private const string Bad = "var(--mud-palette-error)";

    private readonly StackedBarChartOptions _options = new()
    {
        ShowLegend = false,
        MaxNumYAxisTicks = 4,
        YAxisToStringFunc = value => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>What is counted, and over what.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The bars, in their order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Bar> Bars { get; set; }

    /// <summary>What one is: "request".</summary>
    [Parameter]
    public string Unit { get; set; } = "request";

    /// <summary>What the bad ones of them are: "failed"; null where none are told apart.</summary>
    [Parameter]
    public string? BadUnit { get; set; }

    /// <summary>What the highest bar must at least stand for, so that charts side by side have one scale.</summary>
    [Parameter]
    public long Scale { get; set; }

    /// <summary>What the sum is compared with: "60 the 24 hours before"; null for nothing.</summary>
    [Parameter]
    public string? Comparison { get; set; }

    /// <summary>The height in CSS units.</summary>
    [Parameter]
    public string Height { get; set; } = "180px";

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }

    private string UnitTitle => $"{char.ToUpperInvariant(Unit[0])}{Unit[1..]}s";

    private string Summary => $"{Counted(Bars.Sum(bar => bar.Value))} in all{(Comparison is null ? "" : $" · {Comparison}")}";

    private string[] Labels => [.. Bars.Select(bar => bar.Label)];

    // The bad ones first, at the bottom: the chart draws a line where there is nothing, and the last series lies on top of it.
    private List<ChartSeries<double>> Series =>
    [
        .. BadUnit is null ? [] : new[] { new ChartSeries<double> { Name = BadUnit, Data = Bars.Select(bar => (double)bar.Bad).ToArray() } },
        new() { Name = BadUnit is null ? UnitTitle : $"Not {BadUnit}", Data = Bars.Select(bar => (double)(bar.Value - bar.Bad)).ToArray() },
    ];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _options.YAxisSuggestedMax = Math.Max(Scale, 4);
        _options.ChartPalette = BadUnit is null ? [Good] : [Bad, Good];
    }

    private string Counted(long count) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {Unit}{(count == 1 ? "" : "s")}";
}

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it stands for: a day, a minute.</param>
/// <param name="Value">How many.</param>
/// <param name="Bad">How many of them are bad.</param>
public sealed record Bar(string Label, long Value, long Bad = 0);
