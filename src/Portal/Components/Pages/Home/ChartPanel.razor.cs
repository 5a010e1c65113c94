using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>A chart with its title. It keeps its height while the counts are loading.</summary>
public sealed partial class ChartPanel
{
    /// <summary>What is counted.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The period, and its time zone.</summary>
    [Parameter, EditorRequired]
    public required string Span { get; set; }

    /// <summary>The counts; null until they are loaded.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Bar>? Bars { get; set; }

    /// <summary>The singular noun for what is counted: "request".</summary>
    [Parameter, EditorRequired]
    public required string Unit { get; set; }

    /// <summary>The word for the bad ones among them: "failed".</summary>
    [Parameter, EditorRequired]
    public required string BadUnit { get; set; }

    /// <summary>What the sum is compared with.</summary>
    [Parameter]
    public string? Comparison { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter, EditorRequired]
    public required string TestId { get; set; }

    private string TitleId => $"{TestId}-title";
}
