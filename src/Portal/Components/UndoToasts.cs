namespace Dojo.Pci.Portal.Components;

/// <summary>Says on a member's pages what was done, for a while, and offers to undo it. <see cref="Controls.UndoToast"/> shows it.</summary>
public sealed class UndoToasts
{
    /// <summary>There is something else to say, or nothing any more.</summary>
    public event EventHandler? Changed;

    /// <summary>What was done last; null for nothing that is still to be said.</summary>
    public string? Done { get; private set; }

    /// <summary>Undoes it.</summary>
    public Func<Task>? Undo { get; private set; }

    /// <summary>Says what was done, in place of what was said before.</summary>
    /// <param name="done">What was done.</param>
    /// <param name="undo">Undoes it.</param>
    public void Show(string done, Func<Task> undo) => Set(done, undo);

    /// <summary>Says nothing any more.</summary>
    public void Clear() => Set(done: null, undo: null);

    private void Set(string? done, Func<Task>? undo)
    {
        (Done, Undo) = (done, undo);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
