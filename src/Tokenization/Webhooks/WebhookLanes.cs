using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The lanes of a node that delivers: one for each subscription for which anything waits. For one period of delivering.</summary>
/// <param name="make">Makes the lane of a subscription.</param>
/// <param name="clock">By which it pauses.</param>
/// <param name="logger">Hears of faults.</param>
internal sealed partial class WebhookLanes(Func<long, WebhookLane> make, TimeProvider clock, ILogger logger) : IDisposable
{
    // Of the ten seconds that a stop may take.
    private static readonly TimeSpan s_toFinish = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, (WebhookLane Lane, Task Run)> _lanes = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    /// <summary>Something may wait for a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="isChanged">Whether it may have changed itself.</param>
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

    /// <summary>Ends them all: what is under way has two seconds.</summary>
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
                // It stops; what was not recorded is sent again, by the node that delivers next.
            }
        }
        while (!TryEnd(lane));
    }

    // Anyone who wakes it does so under the same lock: either it sees that, or a lane is made anew.
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
        [LoggerMessage(2201, LogLevel.Error, "Deliveries to webhook subscription {Subscription} failed inside of this service. They go on after a pause.")]
        public static partial void Failed(ILogger logger, long subscription, Exception exception);
    }
}
