using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Ui;

/// <summary>
/// Counts in a row as bars, for the eye; the same as a table for who does not see it. The compact one is for a line of a list
/// and says its sum only.
/// </summary>
public sealed partial class BarChart
{
    private const int Step = 10;
    private const int Gap = 1;
    private const int Height = 100;
    private const double Stub = 2;

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

    /// <summary>Without words around it, for a line of a list.</summary>
    [Parameter]
    public bool Compact { get; set; }

    /// <summary>What the highest bar must at least stand for, so that charts side by side have one scale.</summary>
    [Parameter]
    public long Scale { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }

    private long Most => Bars.Count == 0 ? 0 : Bars.Max(bar => bar.Value);

    private string MostText => Most == 0 ? "" : $"most {Most:N0}";

    private string UnitTitle => $"{char.ToUpperInvariant(Unit[0])}{Unit[1..]}s";

    private string Summary => $"{Title}: {Counted(Bars.Sum(bar => bar.Value))} in all";

    private string TextOf(Bar bar) => bar.Bad > 0 && BadUnit is not null ? $"{bar.Label}: {Counted(bar.Value)}, {bar.Bad:N0} {BadUnit}" : $"{bar.Label}: {Counted(bar.Value)}";

    private string Counted(long count) => $"{count:N0} {Unit}{(count == 1 ? "" : "s")}";

    // Something is never drawn as nothing.
    private double HeightOf(long value) => value == 0 ? Stub : Math.Max(Stub * 2, (double)value * Height / Math.Max(Most, Scale));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it stands for: a day, a minute.</param>
/// <param name="Value">How many.</param>
/// <param name="Bad">How many of them are bad.</param>
public sealed record Bar(string Label, long Value, long Bad = 0);
