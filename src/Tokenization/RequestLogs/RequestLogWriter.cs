using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Stores what waits in the queue, many entries at a time and one tenant after another, so that the log costs tokenization few pages, and
/// in small batches, so that a tokenization waits for one of them at most.
/// </summary>
internal sealed partial class RequestLogWriter(
    RequestLogQueue queue, IRequestLogStore store, RequestLogFeed feed, RequestLogMetrics metrics, TimeProvider clock, ILogger<RequestLogWriter> logger) : BackgroundService
{
    // More than requests write at a time, so that the log keeps up with them.
    private const int LargestBatch = 128;

    // So many are stored without another pause, or the queue would fill. Fewer had better collect: what is sorted together decides how many
    // tenants a batch has, each with pages of indexes and counts of its own.
    private const int WorthNoPause = RequestLogQueue.Capacity / 5;

    // What waits to be stored does not wait long for what is noted about what is stored.
    private const int IndexedAtOnce = 16;

    // Entries collect for this long: soon enough for who watches, and a fifth of the queue at 10,000 requests a second.
    private static readonly TimeSpan s_collectFor = TimeSpan.FromMilliseconds(200);

    // Not disposed: it holds nothing without its wait handle, and a host may stop its services twice, the second time late.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>
    /// Stores everything that waits now, and all that was taken before; also what comes meanwhile, where that is much. A failure loses its batch,
    /// which is counted, and nothing else.
    /// </summary>
    internal async Task FlushAsync()
    {
        await _oneAtATime.WaitAsync(CancellationToken.None);
        try
        {
            do
            {
                foreach (var batch in queue.TakeAll().OrderBy(entry => entry.Tenant?.Location.Value).ThenBy(entry => entry.Key?.Value).Chunk(LargestBatch))
                {
                    await StoreAsync(batch);
                }
            }
            while (queue.Count >= WorthNoPause);
            await IndexAsync();
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
            await IndexAllAsync(stoppingToken);
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

    // Only after an upgrade is there much.
    private async Task IndexAllAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && await IndexAsync() == IndexedAtOnce)
        {
            // There may be more.
        }
    }

    // Without it searches are slower, and no less exact.
    private async Task<int> IndexAsync()
    {
        try
        {
            return await store.IndexAsync(IndexedAtOnce);
        }
        catch (Exception exception)
        {
            Log.NotIndexed(logger, exception);
            return 0;
        }
    }

    private async Task StoreAsync(RequestLogEntry[] batch)
    {
        try
        {
            await store.InsertAsync(Array.ConvertAll(batch, RequestLogScrubber.Scrub));
            metrics.Stored(batch.Length);
            foreach (var tenant in batch.Select(entry => entry.Tenant).OfType<Tenant>().Distinct())
            {
                feed.Publish(tenant);
            }
        }
        catch (Exception exception)
        {
            metrics.DroppedByStore(batch.Length);
            Log.Lost(logger, batch.Length, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "{Count} entries of the request log could not be stored and are lost.")]
        public static partial void Lost(ILogger logger, int count, Exception exception);

        [LoggerMessage(1203, LogLevel.Warning, "The words of the request log could not be noted. Searches are slower until they are.")]
        public static partial void NotIndexed(ILogger logger, Exception exception);
    }
}
