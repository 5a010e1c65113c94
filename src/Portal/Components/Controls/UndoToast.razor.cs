using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows what was done, with a button that undoes it. It disappears by itself, but not while the pointer or the focus is in it.</summary>
public sealed partial class UndoToast : IDisposable
{
    /// <summary>How long the toast stays: long enough to be read and reached by keyboard.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromSeconds(12);

    private CancellationTokenSource? _leaving;

    /// <summary>Holds the message to show.</summary>
    [Inject]
    public required UndoToasts Toasts { get; init; }

    /// <summary>The clock that times its disappearance.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        Toasts.Changed -= OnChanged;
        _leaving?.Cancel();
        _leaving?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Toasts.Changed += OnChanged;

    private void OnChanged(object? sender, EventArgs changed) => _ = InvokeAsync(() =>
    {
        if (Toasts.Done is not null)
        {
            BeginToLeave();
        }

        StateHasChanged();
    });

    private void Hold() => _leaving?.Cancel();

    private void BeginToLeave()
    {
        _leaving?.Cancel();
        _leaving?.Dispose();
        _leaving = new CancellationTokenSource();
        _ = LeaveAsync(_leaving.Token);
    }

    private async Task LeaveAsync(CancellationToken held)
    {
        try
        {
            await Task.Delay(Stay, Clock, held);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await InvokeAsync(Toasts.Clear);
    }

    private async Task UndoAsync()
    {
        var undo = Toasts.Undo;
        Toasts.Clear();
        if (undo is not null)
        {
            await undo();
        }
    }
}
