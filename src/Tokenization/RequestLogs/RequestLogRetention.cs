using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Deletes old entries and their counts every hour. All entries of a day (UTC) are deleted once <see cref="RequestLogEntry.DaysKept"/> days have passed
/// since its end, so that a database that partitions by day can drop the whole day.
/// </summary>
internal sealed class RequestLogRetention(IRequestLogStore store, TimeProvider clock) : IBackgroundJob
{
    /// <summary>Small enough that a request whose commit waits behind a batch is not noticeably delayed.</summary>
    internal const int BatchSize = 500;

    private static readonly TimeSpan s_keptFor = TimeSpan.FromDays(RequestLogEntry.DaysKept);
    private static readonly TimeSpan s_minutesKeptFor = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public TimeSpan? Pause => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = new DateTimeOffset((now - s_keptFor).UtcDateTime.Date, TimeSpan.Zero);
        await store.KeepDaysAsync(now, before);
        await AllAsync(() => store.DeleteOldestAsync(before, BatchSize), ct);
        await AllAsync(() => store.DeleteCountsAsync(before, now - s_minutesKeptFor, BatchSize), ct);
    }

    private static async Task AllAsync(Func<Task<int>> deleteSome, CancellationToken ct)
    {
        while (await deleteSome() == BatchSize)
        {
            ct.ThrowIfCancellationRequested();
        }
    }
}
