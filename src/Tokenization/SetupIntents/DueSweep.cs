using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Carries out what time has brought about, for one setup intent when it is read and for all of a tenant's.</summary>
internal sealed class DueSweep(ISetupIntentStore store, LocationDirectory locations)
{
    private const int BatchSize = 200;

    /// <summary>The setup intent as it is at <paramref name="now"/>.</summary>
    public async Task<StoredSetupIntent> BringUpToDateAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        while (intent.DueAt <= now && intent.ChargedBy is null)
        {
            intent = await TakeStepAsync(intent, now);
        }

        return intent;
    }

    /// <summary>Brings everything of a tenant up to date.</summary>
    /// <returns>How many setup intents there were to do something for.</returns>
    public async Task<int> SweepAsync(Tenant tenant, CancellationToken ct)
    {
        var now = await locations.NowAsync(tenant, ct);
        var swept = 0;
        while (true)
        {
            var due = await store.ListDueAsync(tenant, now, BatchSize, ct);

            // Together, so that they share commits: after a long jump of a sandbox's clock everything is due at once.
            await Task.WhenAll(due.Select(intent => BringUpToDateAsync(intent, now)));

            swept += due.Count;
            if (due.Count < BatchSize)
            {
                return swept;
            }
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
}
