using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>The top of a page: its only heading, a description, and the actions. The heading is also the browser tab's title.</summary>
public sealed partial class PageHeader
{
    /// <summary>The heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the page is for, in a sentence or two.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The link to the list that the page belongs to.</summary>
    [Parameter]
    public RenderFragment? Breadcrumb { get; set; }

    /// <summary>A status beside the title.</summary>
    [Parameter]
    public RenderFragment? Badge { get; set; }

    /// <summary>Buttons; the most important one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }
}
