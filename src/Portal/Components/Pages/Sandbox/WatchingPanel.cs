using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>A panel that begins something in a sandbox, and looks again each second how far that is until it has ended.</summary>
public abstract class WatchingPanel : MemberPage, IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);

    /// <summary>A share that is all of it, in percent.</summary>
    protected const double Whole = 100;

    private PeriodicTimer? _timer;

    /// <summary>When to look again.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Whether it goes on, as far as is known.</summary>
    protected abstract bool IsUnderWay { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks how far it is.</summary>
    /// <exception cref="UnavailableException">That cannot be read now.</exception>
    protected abstract Task LookAsync();

    /// <summary>Asks how far it is, if that can be read.</summary>
    protected async Task ReadAsync()
    {
        try
        {
            await LookAsync();
        }
        catch (UnavailableException)
        {
            // It goes on; the next look may succeed.
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
