using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A few links side by side, one of which is chosen. Each is a <c>MudLink</c> of the class <c>segment</c>; the chosen one has <c>aria-current</c>.
/// </summary>
public sealed partial class Segments
{
    /// <summary>What the links choose, for a screen reader.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The links.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
