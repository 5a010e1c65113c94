using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Makes deliveries of events that a busy commit left packed: at once while nobody waits for the writer, else some ten times a second, so that it is the callers'.
/// </summary>
internal sealed partial class WebhookUnpacker(WebhookSignal signal, IWebhookDeliveryStore store, WebhookPace pace, TimeProvider clock, ILogger logger)
{
    // Rows, each with the events of a commit: some milliseconds of the writer's time at most.
    private const int RowsAtOnce = 4;

    // Each has five events or more, so that there is always something to send at the slowest pace.
    private const int RowsWhenHeldBack = 2;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    /// <summary>Unpacks what there is and what comes, until it is to stop.</summary>
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
                return; // another node does this now, or it is to stop
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
        [LoggerMessage(2202, LogLevel.Error, "Events of webhook subscriptions could not be unpacked because of a fault inside of this service. It is tried again after a pause.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
