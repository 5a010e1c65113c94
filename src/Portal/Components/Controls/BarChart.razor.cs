using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows counts over time as bars with axes, and as a table to a screen reader.</summary>
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

    /// <summary>What is counted, and over what period.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The bars, in display order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Bar> Bars { get; set; }

    /// <summary>The singular noun for what is counted: "request".</summary>
    [Parameter]
    public string Unit { get; set; } = "request";

    /// <summary>The word for the bad ones among them: "failed"; null if they are not distinguished.</summary>
    [Parameter]
    public string? BadUnit { get; set; }

    /// <summary>The value that the axis must at least reach, so that charts side by side have one scale.</summary>
    [Parameter]
    public long Scale { get; set; }

    /// <summary>What the sum is compared with: "60 the 24 hours before"; null for no comparison.</summary>
    [Parameter]
    public string? Comparison { get; set; }

    /// <summary>The height in CSS units.</summary>
    [Parameter]
    public string Height { get; set; } = "180px";

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }

    private string UnitTitle => $"{char.ToUpperInvariant(Unit[0])}{Unit[1..]}s";

    private string Summary => $"{Counted(Bars.Sum(bar => bar.Value))} in total{(Comparison is null ? "" : $" · {Comparison}")}";

    private string[] Labels => [.. Bars.Select(bar => bar.Label)];

    // The bad ones come first, at the bottom: the chart draws a line even for zero, and the last series is drawn on top of it.
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
/// <param name="Label">What the bar represents: a day, a minute.</param>
/// <param name="Value">The count.</param>
/// <param name="Bad">How many of the count are bad.</param>
public sealed record Bar(string Label, long Value, long Bad = 0);
