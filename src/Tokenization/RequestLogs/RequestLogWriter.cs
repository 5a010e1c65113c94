using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Stores what waits in the queue, many entries at a time, so that the log costs tokenization few commits.</summary>
internal sealed partial class RequestLogWriter(
    RequestLogQueue queue, IRequestLogStore store, RequestLogMetrics metrics, TimeProvider clock, ILogger<RequestLogWriter> logger) : BackgroundService
{
    private const int LargestBatch = 500;

    // Entries collect for this long: soon enough for who watches, and a fifth of the queue at 10,000 requests a second.
    private static readonly TimeSpan s_collectFor = TimeSpan.FromMilliseconds(200);

    // Not disposed: it holds nothing without its wait handle, and a host may stop its services twice, the second time late.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Stores everything that waits now, and all that was taken before. A failure loses its batch, which is counted, and nothing else.</summary>
    internal async Task FlushAsync()
    {
        await _oneAtATime.WaitAsync(CancellationToken.None);
        try
        {
            while (queue.Take(LargestBatch) is { Count: > 0 } batch)
            {
                await StoreAsync(batch);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.WaitAsync(stoppingToken))
            {
                await Task.Delay(s_collectFor, clock, stoppingToken);
                await FlushAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What still waits is stored by StopAsync.
        }
    }

    private async Task StoreAsync(List<RequestLogEntry> batch)
    {
        try
        {
            await store.InsertAsync(batch.ConvertAll(RequestLogScrubber.Scrub));
            metrics.Stored(batch.Count);
        }
        catch (Exception exception)
        {
            metrics.DroppedByStore(batch.Count);
            Log.Lost(logger, batch.Count, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "{Count} entries of the request log could not be stored and are lost.")]
        public static partial void Lost(ILogger logger, int count, Exception exception);
    }
}
