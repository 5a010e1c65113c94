using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Status;

/// <summary>A page that is a single message, with links to continue.</summary>
public sealed partial class StatusNotice
{
    /// <summary>The status code, or a word in its place.</summary>
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    /// <summary>What happened.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Why, and what can be done.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>Details that help to find out more.</summary>
    [Parameter]
    public RenderFragment? Details { get; set; }
}
