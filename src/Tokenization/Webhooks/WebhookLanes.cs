using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The lanes of the delivering node: one for each subscription with waiting events. An instance serves one period of delivering.</summary>
/// <param name="make">Creates the lane of a subscription.</param>
/// <param name="clock">The clock for pauses.</param>
/// <param name="logger">Logs faults.</param>
internal sealed partial class WebhookLanes(Func<long, WebhookLane> make, TimeProvider clock, ILogger logger) : IDisposable
{
    // A part of the ten seconds that a stop may take.
    private static readonly TimeSpan s_toFinish = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, (WebhookLane Lane, Task Run)> _lanes = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    /// <summary>Wakes or creates the lane of a subscription, because events may wait for it.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="isChanged">Whether the subscription itself may have changed.</param>
    public void Wake(long subscription, bool isChanged)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(subscription, out var known))
            {
                known.Lane.Wake(isChanged);
                return;
            }

            var lane = make(subscription);
            _lanes[subscription] = (lane, Task.Run(() => RunAsync(lane), CancellationToken.None));
        }
    }

    /// <summary>Ends all lanes. Attempts in flight have two seconds to finish.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        Task[] runs;
        lock (_gate)
        {
            runs = [.. _lanes.Values.Select(lane => lane.Run)];
        }

        using var timer = new CancellationTokenSource(s_toFinish, clock);
        await using var late = timer.Token.Register(_abort.Cancel);
        await Task.WhenAll(runs);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync(WebhookLane lane)
    {
        var stop = _stop.Token;
        do
        {
            try
            {
                await lane.RunAsync(stop, _abort.Token);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                Log.Failed(logger, lane.Subscription, exception);
                await Task.Delay(s_afterFault, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                lane.Wake(isChanged: false);
            }
            catch (Exception)
            {
                // The lane stops. The node that delivers next sends again what was not recorded.
            }
        }
        while (!TryEnd(lane));
    }

    // Wake takes the same lock: either this method sees the wake-up, or Wake creates a new lane.
    private bool TryEnd(WebhookLane lane)
    {
        lock (_gate)
        {
            if (lane.IsWoken && !_stop.IsCancellationRequested)
            {
                return false;
            }

            return _stop.IsCancellationRequested || _lanes.Remove(lane.Subscription);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Error, "Deliveries to webhook subscription {Subscription} failed because of a fault in this service. They continue after a pause.")]
        public static partial void Failed(ILogger logger, long subscription, Exception exception);
    }
}
