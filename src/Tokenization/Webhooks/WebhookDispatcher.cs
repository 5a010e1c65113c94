using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Sends what is in the outbox while the process serves: what waited at the start, and from then on what <see cref="WebhookSignal"/> tells, at once. It keeps a
/// <see cref="WebhookLane"/> for each subscription for which anything waits.
/// </summary>
internal sealed partial class WebhookDispatcher(
    WebhookSignal signal, IWebhookDeliveryStore store, WebhookSender sender, WebhookIds ids, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    // Of the ten seconds that a stop may take.
    private static readonly TimeSpan s_toFinish = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, (WebhookLane Lane, Task Run)> _lanes = [];
    private readonly CancellationTokenSource _abort = new();

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await NoteWaitingAsync(stoppingToken);
            while (true)
            {
                WakeLane(await signal.TakeAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await EndLanesAsync();
        }
    }

    private async Task NoteWaitingAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                foreach (var subscription in await store.ListWaitingAsync(stop))
                {
                    signal.Note(subscription);
                }

                return;
            }
            catch (UnavailableException)
            {
                await Task.Delay(s_afterFault, clock, stop);
            }
        }
    }

    private void WakeLane(long subscription, CancellationToken stop)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(subscription, out var known))
            {
                known.Lane.Wake();
                return;
            }

            var lane = new WebhookLane(subscription, options.Value.InFlightPerSubscription, store, sender, ids, clock);
            _lanes[subscription] = (lane, Task.Run(() => RunAsync(lane, stop), CancellationToken.None));
        }
    }

    private async Task RunAsync(WebhookLane lane, CancellationToken stop)
    {
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
                lane.Wake();
            }
        }
        while (!TryEnd(lane, stop));
    }

    // Anyone who wakes it does so under the same lock: either it sees that, or a lane is made anew.
    private bool TryEnd(WebhookLane lane, CancellationToken stop)
    {
        lock (_gate)
        {
            if (lane.IsWoken && !stop.IsCancellationRequested)
            {
                return false;
            }

            return stop.IsCancellationRequested || _lanes.Remove(lane.Subscription);
        }
    }

    private async Task EndLanesAsync()
    {
        Task[] runs;
        lock (_gate)
        {
            runs = [.. _lanes.Values.Select(lane => lane.Run)];
        }

        using var timer = new CancellationTokenSource(s_toFinish, clock);
        await using var late = timer.Token.Register(_abort.Cancel);
        await Task.WhenAll(runs);
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Error, "Deliveries to webhook subscription {Subscription} failed inside of this service. They go on after a pause.")]
        public static partial void Failed(ILogger logger, long subscription, Exception exception);
    }
}
