namespace Dojo.Pci.Portal.Components;

/// <summary>Holds the message about the last action and the callback that undoes it. <see cref="Controls.UndoToast"/> shows them for a while.</summary>
public sealed class UndoToasts
{
    /// <summary>Raised when the message changes or is cleared.</summary>
    public event EventHandler? Changed;

    /// <summary>What was done last; null if there is no message to show.</summary>
    public string? Done { get; private set; }

    /// <summary>Undoes the action; null if there is no message.</summary>
    public Func<Task>? Undo { get; private set; }

    /// <summary>Shows a message in place of the previous one.</summary>
    /// <param name="done">What was done.</param>
    /// <param name="undo">Undoes the action.</param>
    public void Show(string done, Func<Task> undo) => Set(done, undo);

    /// <summary>Clears the message.</summary>
    public void Clear() => Set(done: null, undo: null);

    private void Set(string? done, Func<Task>? undo)
    {
        (Done, Undo) = (done, undo);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
