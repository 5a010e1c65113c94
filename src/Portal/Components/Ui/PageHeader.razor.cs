using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Ui;

/// <summary>What a page begins with: its one heading, the same words as the browser tab's title, and what it is for.</summary>
public sealed partial class PageHeader
{
    /// <summary>The heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the page is for, in a sentence or two.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
