using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Does something for each of many, where one that fails must not keep the others from being done.</summary>
internal sealed partial class Chores(IAccountStore accounts, ILogger<Chores> logger)
{
    // More would take the store from those who wait for an answer.
    private const int AtOnce = 8;

    /// <summary>Every tenant, one after another.</summary>
    public async Task ForEachTenantAsync(Func<Tenant, Task> chore, CancellationToken ct)
    {
        foreach (var location in await accounts.ListLocationsAsync(ct))
        {
            foreach (var environment in Enum.GetValues<TenantEnvironment>())
            {
                ct.ThrowIfCancellationRequested();
                await TryAsync(() => chore(new Tenant(location.Account, location.Id, environment)), ct);
            }
        }
    }

    /// <summary>Every item, some at a time.</summary>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> chore, CancellationToken ct) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (item, stop) => await TryAsync(() => chore(item), stop));

    private async Task TryAsync(Func<Task> chore, CancellationToken ct)
    {
        try
        {
            await chore();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2002, LogLevel.Error, "A part of housekeeping failed. It is tried again in the next round; the rest goes on.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
