using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Replaces a list that has nothing to show, and says what to do about it.</summary>
public sealed partial class EmptyState
{
    /// <summary>Says what is missing.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the reader can do next.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
