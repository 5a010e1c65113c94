using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Deletes entries older than <see cref="RequestLogEntry.DaysKept"/> days, and what was counted of them, every hour.</summary>
internal sealed partial class RequestLogRetention(IRequestLogStore store, TimeProvider clock, ILogger<RequestLogRetention> logger) : BackgroundService
{
    /// <summary>Small enough that a request whose commit waits behind a batch does not notice.</summary>
    internal const int BatchSize = 500;

    private static readonly TimeSpan s_keptFor = TimeSpan.FromDays(RequestLogEntry.DaysKept);
    private static readonly TimeSpan s_minutesKeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    /// <summary>Deletes everything that is too old now. An entry of exactly 30 days is still kept.</summary>
    /// <returns>How many entries were deleted.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - s_keptFor;
        var (total, deleted) = (0, BatchSize);
        while (deleted == BatchSize && !ct.IsCancellationRequested)
        {
            total += deleted = await store.DeleteOldestAsync(before, BatchSize);
        }

        deleted = BatchSize;
        while (deleted == BatchSize && !ct.IsCancellationRequested)
        {
            deleted = await store.DeleteCountsAsync(before, clock.GetUtcNow() - s_minutesKeptFor, BatchSize);
        }

        return total;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        try
        {
            do
            {
                await TryRunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TryRunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1202, LogLevel.Warning, "Old entries of the request log could not be deleted. The next attempt is in an hour.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
