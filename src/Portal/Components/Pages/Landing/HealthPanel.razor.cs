using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>Shows the health of the portal, and keeps it up to date.</summary>
public sealed partial class HealthPanel : IDisposable
{
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    // Long enough for checks that work, short enough that a check that hangs does not hold up the page.
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(300);

    private HealthSnapshot? _snapshot;
    private PeriodicTimer? _timer;

    /// <summary>Provides the results.</summary>
    [Inject]
    public required HealthWatch Health { get; init; }

    /// <summary>The clock, which also times the refreshes.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    private string Summary => _snapshot switch
    {
        null => "Checking",
        { Status: HealthStatus.Healthy } => "Healthy",
        { Status: HealthStatus.Degraded } => "Degraded",
        { Trouble: not null } => "Unknown",
        _ => "Unhealthy",
    };

    private Tone SummaryTone => _snapshot is null ? Tone.Neutral : ToneOf(_snapshot.Status);

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _snapshot = Health.Latest;
        if (_snapshot is null)
        {
            try
            {
                _snapshot = await Health.ReadAsync().WaitAsync(s_firstLook, Time);
            }
            catch (TimeoutException)
            {
                // The page shows that it is still checking; the refresh below brings the result.
            }
        }
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = new PeriodicTimer(RefreshEvery, Time);
            _ = RefreshAsync(_timer);
        }
    }

    private async Task RefreshAsync(PeriodicTimer timer)
    {
        do
        {
            _snapshot = await Health.ReadAsync();
            await InvokeAsync(StateHasChanged);
        }
        while (await timer.WaitForNextTickAsync());
    }

    private static Tone ToneOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Tone.Good,
        HealthStatus.Degraded => Tone.Warning,
        _ => Tone.Bad,
    };

    private static string Milliseconds(TimeSpan took) =>
        took < TimeSpan.FromMilliseconds(1) ? "under 1 ms" : $"{took.TotalMilliseconds:0} ms";
}
