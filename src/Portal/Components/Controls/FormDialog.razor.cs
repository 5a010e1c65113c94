using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A question, or a small form, in front of the page: a title, Cancel, and the buttons that answer it. Esc cancels. It must be closed
/// before it is taken out of the page, or it stays in front of it.
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

    /// <summary>Whether it is shown.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>What it is about.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What it says and asks.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The buttons that answer; the last one is what the dialog is for.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>The reader wants it closed without an answer.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>The word on the button that closes it.</summary>
    [Parameter]
    public string CancelText { get; set; } = "Cancel";

    /// <summary>The answer is under way: it cannot be taken back by closing.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>By which tests find it.</summary>
    [Parameter]
    public string? TestId { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _opening += Open && !_wasOpen ? 1 : 0;
        _wasOpen = Open;
    }

    // MudBlazor tells of a closing twice, the second time when the dialog may have been opened again. So each opening is a dialog of its own,
    // and only the one that is open is heard.
    private EventCallback<bool> Follow(int opening) => EventCallback.Factory.Create<bool>(this, visible => visible || !Open || opening != _opening ? Task.CompletedTask : OnClose.InvokeAsync());
}
