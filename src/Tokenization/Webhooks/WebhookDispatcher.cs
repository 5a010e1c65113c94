using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Delivers the events in the outbox while the process runs: those that waited at the start, and from then on, at once, those that <see cref="WebhookSignal"/>
/// announces. One node delivers at a time. If it stops, another takes over within seconds and sends what was sent but not recorded again, under the same id.
/// </summary>
internal sealed class WebhookDispatcher(
    WebhookSignal signal, ILeases leases, IWebhookDeliveryStore store, WebhookSender sender, WebhookPace pace, WebhookIds ids, WebhookFeed feed, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    // The longest that an event whose signal was lost waits, and the interval at which an idle node tries to take over.
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await leases.TryRunAsync(nameof(WebhookDispatcher), DeliverAsync, stoppingToken);
                    await Task.Delay(s_lookEvery, clock, stoppingToken);
                }
                catch (UnavailableException)
                {
                    await Task.Delay(s_afterFault, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    // Runs until another node delivers, or the process stops.
    private async Task DeliverAsync(CancellationToken stop)
    {
        using var lanes = new WebhookLanes(
            subscription => new WebhookLane(subscription, options.Value.InFlightPerSubscription, signal, store, sender, pace, ids, feed, clock), clock, logger);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        signal.Clear();
        var unpacking = new WebhookUnpacker(signal, store, pace, clock, logger).RunAsync(end.Token);
        try
        {
            do
            {
                signal.NotePackedHere();
                await NoteWaitingAsync(stop);
                await WakeLanesAsync(lanes, stop);
            }
            while (!unpacking.IsCompleted && await IsOursAsync(stop));
        }
        finally
        {
            await end.CancelAsync();
            await lanes.EndAsync();
            await unpacking;
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
                    signal.NoteHere(subscription);
                }

                return;
            }
            catch (UnavailableException)
            {
                await Task.Delay(s_afterFault, clock, stop);
            }
        }
    }

    private async Task WakeLanesAsync(WebhookLanes lanes, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(s_lookEvery, clock);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            while (true)
            {
                var (subscription, isChanged) = await signal.TakeAsync(enough.Token);
                lanes.Wake(subscription, isChanged);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The timer has elapsed: the caller checks the lease and the store.
        }
    }

    private async Task<bool> IsOursAsync(CancellationToken stop)
    {
        try
        {
            return await leases.IsHeldAsync(stop);
        }
        catch (UnavailableException)
        {
            return true; // no other node can have taken the lease
        }
    }
}
