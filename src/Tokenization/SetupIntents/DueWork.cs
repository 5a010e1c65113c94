namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Determines what the passing of time does to a setup intent: it expires at its <c>expireAt</c>, its card expires at the end of its last month
/// (DESIGN D4), and, once it is finished, its card data is destroyed after the location's retention period (PCI DSS 3.2.1).
/// </summary>
internal static class DueWork
{
    /// <summary>Whether a status means that the setup intent was deleted, so that its card is never needed again.</summary>
    public static bool IsDeleted(SetupIntentStatus status) => status is SetupIntentStatus.Canceled or SetupIntentStatus.Closed;

    /// <summary>Whether a status is final.</summary>
    public static bool IsFinished(SetupIntentStatus status) => status is not (SetupIntentStatus.Created or SetupIntentStatus.Authorized);

    /// <summary>Whether a transition also destroys the card data: always after a deletion, otherwise when the new status is final and nothing is retained.</summary>
    public static bool DestroysCardAtOnce(SetupIntentStatus to, TimeSpan retention) => IsDeleted(to) || (IsFinished(to) && retention == TimeSpan.Zero);

    /// <summary>Returns when a setup intent next has due work; null for never.</summary>
    public static DateTimeOffset? DueAt(StoredSetupIntent intent, TimeSpan retention) =>
        DueAt(intent.Status, intent.UpdatedAt, intent.Card, intent.ExpireAt, retention);

    /// <summary>Returns when a setup intent that is being created first has due work; null for never.</summary>
    public static DateTimeOffset? DueAt(SetupIntentStatus status, DateTimeOffset updatedAt, StoredCard? card, DateTimeOffset? expireAt, TimeSpan retention)
    {
        if (IsFinished(status))
        {
            return card is { HoldsData: true } ? updatedAt + retention : null;
        }

        var cardEnd = card?.Expiry.ExpiredFrom;
        return status == SetupIntentStatus.Created && (cardEnd is null || expireAt < cardEnd) ? expireAt : cardEnd;
    }

    /// <summary>Returns the transition that is due by <paramref name="now"/>; null when none is.</summary>
    public static SetupIntentLife.Transition? TransitionDueAt(StoredSetupIntent intent, DateTimeOffset now)
    {
        var expiresFirst = intent.Card is not { } held || intent.ExpireAt <= held.Expiry.ExpiredFrom;
        if (intent.Status == SetupIntentStatus.Created && intent.ExpireAt <= now && expiresFirst)
        {
            return SetupIntentLife.Move(intent, SetupIntentTrigger.Expire, intent.ExpireAt.Value, Actors.Vault, "expireAt has passed");
        }

        return intent.Card is { } card && card.Expiry.IsExpiredAt(now)
            ? SetupIntentLife.Move(intent, SetupIntentTrigger.ExpireCard, card.Expiry.ExpiredFrom, Actors.Vault, "the card's last month has ended")
            : null;
    }
}
