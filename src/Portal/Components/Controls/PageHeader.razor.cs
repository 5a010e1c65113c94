using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>The top of a page: its one heading, the same words as the browser tab's title, what it is for, and what can be done.</summary>
public sealed partial class PageHeader
{
    /// <summary>The heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the page is for, in a sentence or two.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The way up to the list that the page belongs to.</summary>
    [Parameter]
    public RenderFragment? Breadcrumb { get; set; }

    /// <summary>A state beside the title.</summary>
    [Parameter]
    public RenderFragment? Badge { get; set; }

    /// <summary>Buttons; the most important one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
