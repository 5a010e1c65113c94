using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>A figure with its name; as large while it is not known yet.</summary>
public sealed partial class MetricTile
{
    /// <summary>What it is, and over what time.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The figure; null while it is not known.</summary>
    [Parameter, EditorRequired]
    public required string? Value { get; set; }

    /// <summary>What it is made of.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>What it was in the time before.</summary>
    [Parameter]
    public string? Before { get; set; }

    /// <summary>Whether somebody should look.</summary>
    [Parameter]
    public bool IsBad { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
