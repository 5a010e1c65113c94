using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Deletes entries older than <see cref="RequestLogEntry.DaysKept"/> days, and what was counted of them, every hour. An entry of exactly 30 days is still kept.</summary>
internal sealed class RequestLogRetention(IRequestLogStore store, TimeProvider clock) : IBackgroundJob
{
    /// <summary>Small enough that a request whose commit waits behind a batch does not notice.</summary>
    internal const int BatchSize = 500;

    private static readonly TimeSpan s_keptFor = TimeSpan.FromDays(RequestLogEntry.DaysKept);
    private static readonly TimeSpan s_minutesKeptFor = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public TimeSpan? Pause => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - s_keptFor;
        await AllAsync(() => store.DeleteOldestAsync(before, BatchSize), ct);
        await AllAsync(() => store.DeleteCountsAsync(before, clock.GetUtcNow() - s_minutesKeptFor, BatchSize), ct);
    }

    private static async Task AllAsync(Func<Task<int>> deleteSome, CancellationToken ct)
    {
        while (await deleteSome() == BatchSize)
        {
            ct.ThrowIfCancellationRequested();
        }
    }
}
