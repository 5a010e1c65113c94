using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Carries out due work on setup intents: for a single one when it is read, or for all of a tenant's.</summary>
internal sealed partial class DueSweep(ISetupIntentStore store, LocationDirectory locations, ILogger<DueSweep> logger)
{
    private const int BatchSize = 200;

    // A caller that limits its batches waits at most this long for a sweep in progress.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    // One sweep of a tenant at a time: a concurrent one would only repeat the work of the first.
    private readonly ConcurrentDictionary<Tenant, SemaphoreSlim> _sweeping = new();

    /// <summary>Does the due work of a setup intent, and returns it as it is at <paramref name="now"/>.</summary>
    public async Task<StoredSetupIntent> BringUpToDateAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        while (intent.DueAt <= now && intent.ChargedBy is null)
        {
            intent = await TakeStepAsync(intent, now);
        }

        return intent;
    }

    /// <summary>Brings a tenant's setup intents up to date.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="batches">The most batches of 200 to process; the background job does the rest.</param>
    /// <param name="ct">Cancels between two batches.</param>
    public async Task SweepAsync(Tenant tenant, int batches, CancellationToken ct)
    {
        var sweeping = _sweeping.GetOrAdd(tenant, _ => new SemaphoreSlim(1, 1));
        if (!await sweeping.WaitAsync(batches == int.MaxValue ? Timeout.InfiniteTimeSpan : s_patience, ct))
        {
            return; // the sweep in progress continues
        }

        try
        {
            var now = await locations.NowAsync(tenant, ct);
            while (batches-- > 0 && await SweepBatchAsync(tenant, now, ct))
            {
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            sweeping.Release();
        }
    }

    /// <returns>Whether more may be due.</returns>
    private async Task<bool> SweepBatchAsync(Tenant tenant, DateTimeOffset now, CancellationToken ct)
    {
        var due = await store.ListDueAsync(tenant, now, BatchSize, ct);

        // Concurrently, so that they share commits: after a long jump of a sandbox's clock everything is due at once.
        var done = await Task.WhenAll(due.Select(intent => TryBringUpToDateAsync(intent, now)));

        // A failed setup intent would be listed again at once, so the sweep ends. The failure stops neither the others nor the caller.
        return due.Count == BatchSize && Array.TrueForAll(done, succeeded => succeeded);
    }

    private async Task<bool> TryBringUpToDateAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        try
        {
            await BringUpToDateAsync(intent, now);
            return true;
        }
        catch (Exception exception) when (exception is not UnavailableException)
        {
            Log.Failed(logger, intent.RecordId, exception);
            return false;
        }
    }

    private async Task<StoredSetupIntent> TakeStepAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        if (DueWork.TransitionDueAt(intent, now) is { } transition)
        {
            // If another change was first, the caller examines its result.
            return await store.ApplyAsync(transition)
                ?? await store.FindAsync(intent.Tenant, intent.RecordId, CancellationToken.None)
                ?? throw new InvalidOperationException("A setup intent has vanished.");
        }

        if (!DueWork.IsFinished(intent.Status))
        {
            throw new InvalidOperationException("A setup intent that is not finished is due, and nothing is to be done for it.");
        }

        await store.DestroyCardDataAsync(
            intent, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, now, Actors.Vault, "the retention period has ended"));
        return intent.WithoutCardData();
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Error, "The work due for setup intent {RecordId} could not be done.")]
        public static partial void Failed(ILogger logger, long recordId, Exception exception);
    }
}
