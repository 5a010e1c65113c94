using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>A panel that starts a task in a sandbox, and reads its progress every second until it ends.</summary>
public abstract class WatchingPanel : MemberPage, IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);

    /// <summary>The whole, in percent.</summary>
    protected const double Whole = 100;

    private PeriodicTimer? _timer;

    /// <summary>The clock that times the readings.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Whether the task is still running, as far as is known.</summary>
    protected abstract bool IsUnderWay { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the progress.</summary>
    /// <exception cref="UnavailableException">The progress cannot be read now.</exception>
    protected abstract Task LookAsync();

    /// <summary>Reads the progress, if it is available.</summary>
    protected async Task ReadAsync()
    {
        try
        {
            await LookAsync();
        }
        catch (UnavailableException)
        {
            // The task continues; the next reading may succeed.
        }
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (IsUnderWay && _timer is null)
        {
            _timer = new PeriodicTimer(RefreshEvery, Time);
            _ = WatchAsync(_timer);
        }
    }

    private async Task WatchAsync(PeriodicTimer timer)
    {
        while (IsUnderWay && await timer.WaitForNextTickAsync())
        {
            await InvokeAsync(async () =>
            {
                await ReadAsync();
                StateHasChanged();
            });
        }

        timer.Dispose();
        _timer = null;
    }
}
