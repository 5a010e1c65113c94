using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Ui;

/// <summary>A question, or a small form, in front of the page. It is open while it is rendered.</summary>
public sealed partial class ModalDialog
{
    private readonly string _titleId = $"dialog-{Guid.NewGuid():N}";

    /// <summary>What it is about.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What it says and asks.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The reader wants it closed without an answer: it is not to be rendered any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }
}
