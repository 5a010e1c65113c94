using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Stands where a list has nothing to show, and says what to do about it.</summary>
public sealed partial class EmptyState
{
    /// <summary>What there is none of.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The way on.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
