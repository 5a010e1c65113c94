using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A dialog with a question or a small form: a title, Cancel, and the buttons that answer it. Esc cancels. Close the dialog before removing it from
/// the page; otherwise it stays open over the page.
/// </summary>
public sealed partial class FormDialog
{
    private static readonly DialogOptions s_options = new()
    {
        BackdropClick = false,
        CloseButton = true,
        CloseOnEscapeKey = true,
        FullWidth = true,
        MaxWidth = MaxWidth.ExtraSmall,
    };

    private readonly string _titleId = $"dialog-{Guid.NewGuid():N}";
    private int _opening;
    private bool _wasOpen;

    /// <summary>Whether the dialog is open.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>The dialog's title.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The dialog's content.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The buttons that answer; the last one is the primary action.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Raised when the reader closes the dialog without an answer.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>The label of the button that closes the dialog.</summary>
    [Parameter]
    public string CancelText { get; set; } = "Cancel";

    /// <summary>Whether the answer is being processed, which closing cannot undo.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _opening += Open && !_wasOpen ? 1 : 0;
        _wasOpen = Open;
    }

    // MudBlazor reports a close twice, the second time when the dialog may be open again. So each opening is a separate dialog, and only events of the
    // open one are handled.
    private EventCallback<bool> Follow(int opening) => EventCallback.Factory.Create<bool>(this, visible => visible || !Open || opening != _opening ? Task.CompletedTask : OnClose.InvokeAsync());
}
