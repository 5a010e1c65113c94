using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Makes deliveries of the events that busy commits left packed: without pauses normally, but about ten times a second while <see cref="WebhookPace"/>
/// holds events back, so that the writer serves callers.
/// </summary>
internal sealed partial class WebhookUnpacker(WebhookSignal signal, IWebhookDeliveryStore store, WebhookPace pace, TimeProvider clock, ILogger logger)
{
    // Each row holds the events of a commit. Together they take at most a few milliseconds of the writer's time.
    private const int RowsAtOnce = 4;

    // Each row holds five events or more, so that the slowest pace always has events to send.
    private const int RowsWhenHeldBack = 2;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    /// <summary>Unpacks present and future rows until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await signal.PackedAsync(stop);
                await UnpackAsync(stop);
            }
            catch (Exception exception) when (exception is LeaseLostException || stop.IsCancellationRequested)
            {
                return; // another node unpacks now, or the process stops
            }
            catch (Exception exception)
            {
                if (exception is not UnavailableException)
                {
                    Log.Failed(logger, exception);
                }

                signal.NotePackedHere();
                await Task.Delay(s_afterFault, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task UnpackAsync(CancellationToken stop)
    {
        while (true)
        {
            var isHeldBack = pace.IsHeldBack;
            var limit = isHeldBack ? RowsWhenHeldBack : RowsAtOnce;
            if (await store.UnpackAsync(limit) < limit)
            {
                return;
            }

            if (isHeldBack)
            {
                await Task.Delay(s_pause, clock, stop);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2202, LogLevel.Error, "Events of webhook subscriptions could not be unpacked because of a fault in this service. It will be tried again after a pause.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
