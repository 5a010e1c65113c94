using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>A chart with its title; as high while its counts are not known yet.</summary>
public sealed partial class ChartPanel
{
    /// <summary>What is counted.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Over what time, and in which zone.</summary>
    [Parameter, EditorRequired]
    public required string Span { get; set; }

    /// <summary>The counts; null while they are not known.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Bar>? Bars { get; set; }

    /// <summary>What one is: "request".</summary>
    [Parameter, EditorRequired]
    public required string Unit { get; set; }

    /// <summary>What the bad ones of them are: "failed".</summary>
    [Parameter, EditorRequired]
    public required string BadUnit { get; set; }

    /// <summary>What the sum is compared with.</summary>
    [Parameter]
    public string? Comparison { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter, EditorRequired]
    public required string TestId { get; set; }

    private string TitleId => $"{TestId}-title";
}
