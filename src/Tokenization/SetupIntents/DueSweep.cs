using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Carries out what time has brought about, for one setup intent when it is read and for all of a tenant's.</summary>
internal sealed partial class DueSweep(ISetupIntentStore store, LocationDirectory locations, ILogger<DueSweep> logger)
{
    private const int BatchSize = 200;

    // Who wants only some of it done waits no longer than that for who is doing all of it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    // One sweep of a tenant at a time: a second one beside it would only meet what the first is about to do.
    private readonly ConcurrentDictionary<Tenant, SemaphoreSlim> _sweeping = new();

    /// <summary>The setup intent as it is at <paramref name="now"/>.</summary>
    public async Task<StoredSetupIntent> BringUpToDateAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        while (intent.DueAt <= now && intent.ChargedBy is null)
        {
            intent = await TakeStepAsync(intent, now);
        }

        return intent;
    }

    /// <summary>Brings a tenant's setup intents up to date.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="batches">After how many batches of 200 to leave the rest to the background job.</param>
    /// <param name="ct">Cancels between two batches.</param>
    public async Task SweepAsync(Tenant tenant, int batches, CancellationToken ct)
    {
        var sweeping = _sweeping.GetOrAdd(tenant, _ => new SemaphoreSlim(1, 1));
        if (!await sweeping.WaitAsync(batches == int.MaxValue ? Timeout.InfiniteTimeSpan : s_patience, ct))
        {
            return; // the thread that is at it goes on
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

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> SweepBatchAsync(Tenant tenant, DateTimeOffset now, CancellationToken ct)
    {
        var due = await store.ListDueAsync(tenant, now, BatchSize, ct);

        // Together, so that they share commits: after a long jump of a sandbox's clock everything is due at once.
        var done = await Task.WhenAll(due.Select(intent => TryBringUpToDateAsync(intent, now)));

        // One that failed will be listed again: it must hold up neither the others nor us.
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
            // Where another change was first, what that left is looked at again.
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
        [LoggerMessage(2101, LogLevel.Error, "What is due for setup intent {RecordId} could not be done.")]
        public static partial void Failed(ILogger logger, long recordId, Exception exception);
    }
}
