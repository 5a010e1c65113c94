using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A row of counts as tiny bars, beside the number that is their sum.</summary>
public sealed partial class SparkBars
{
    private const int Step = 10;
    private const int Height = 100;
    private const double Stub = 4;

    /// <summary>What is counted, over what period, and the sum, for a screen reader.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The counts, in display order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<long> Values { get; set; }

    // A count above zero is always taller than the stub of a zero.
    private double HeightOf(long value) => value == 0 ? Stub : Math.Max(Stub * 2, (double)value * Height / Values.Max());

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
