using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>A figure with its name. It keeps its size while the figure is loading.</summary>
public sealed partial class MetricTile
{
    /// <summary>What the figure is, and over what period.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The figure; null until it is loaded.</summary>
    [Parameter, EditorRequired]
    public required string? Value { get; set; }

    /// <summary>What the figure consists of.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>The comparison with the period before.</summary>
    [Parameter]
    public string? Before { get; set; }

    /// <summary>Whether the figure needs attention.</summary>
    [Parameter]
    public bool IsBad { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
