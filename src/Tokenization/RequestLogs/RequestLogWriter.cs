using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Stores the entries that wait in the queue. It sorts them by tenant, so that the log writes few database pages, and writes them in small batches, so
/// that a tokenization waits for at most one of them.
/// </summary>
internal sealed partial class RequestLogWriter(
    RequestLogQueue queue, IRequestLogStore store, RequestLogFeed feed, RequestLogMetrics metrics, TimeProvider clock, ILogger<RequestLogWriter> logger) : BackgroundService
{
    // Larger than the number of requests usually committed together, so that the log keeps up with them.
    private const int LargestBatch = 128;

    // With this many entries waiting, the writer stores them without another pause, or the queue would fill. Fewer should collect first: the more entries are
    // sorted together, the fewer tenants a batch has, each with its own pages of indexes and counts.
    private const int WorthNoPause = RequestLogQueue.Capacity / 5;

    // Few, so that indexing stored entries does not delay waiting ones for long.
    private const int IndexedAtOnce = 16;

    // Entries collect for this long: short enough for a member who watches, and a fifth of the queue at 10,000 requests a second.
    private static readonly TimeSpan s_collectFor = TimeSpan.FromMilliseconds(200);

    // Not disposed: a semaphore holds no resources unless its wait handle is used, and a host may stop its services twice, the second time late.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>
    /// Stores all entries that wait now and all that were taken before, and, if many arrive meanwhile, those too. A failure loses only its batch, which
    /// is counted.
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
            // StopAsync stores the entries that still wait.
        }
    }

    // There is much to index only after an upgrade.
    private async Task IndexAllAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && await IndexAsync() == IndexedAtOnce)
        {
            // There may be more.
        }
    }

    // On failure, searches are slower but no less exact.
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

        [LoggerMessage(1203, LogLevel.Warning, "The request log could not be indexed. Searches are slower until it is.")]
        public static partial void NotIndexed(ILogger logger, Exception exception);
    }
}
