using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Runs the work of a job for each tenant or item. A failure is logged, and the others still run.</summary>
internal sealed partial class JobRunner(IAccountStore accounts, ILogger<JobRunner> logger)
{
    // More would slow down the requests that wait for the store.
    private const int AtOnce = 8;

    /// <summary>Runs the work for every tenant, one after another.</summary>
    public async Task ForEachTenantAsync(Func<Tenant, Task> work, CancellationToken ct)
    {
        foreach (var location in await accounts.ListLocationsAsync(ct))
        {
            foreach (var environment in Enum.GetValues<TenantEnvironment>())
            {
                ct.ThrowIfCancellationRequested();
                await TryAsync(() => work(new Tenant(location.Account, location.Id, environment)), ct);
            }
        }
    }

    /// <summary>Runs the work for every item, several at a time.</summary>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken ct) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (item, _) => await TryAsync(() => work(item), ct)); // the loop's own token is cancelled later than this one, by a callback

    private async Task TryAsync(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2002, LogLevel.Error, "A part of a background job failed. It is tried again in the next run; the rest goes on.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
