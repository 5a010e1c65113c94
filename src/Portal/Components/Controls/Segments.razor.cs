using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A few links side by side, of which one is chosen: each is a <c>MudLink</c> of the class <c>segment</c>, the chosen one <c>aria-current</c>.</summary>
public sealed partial class Segments
{
    /// <summary>What is chosen by them.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The links.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
