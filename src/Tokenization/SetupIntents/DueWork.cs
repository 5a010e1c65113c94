namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// What time alone does to a setup intent: its <c>expireAt</c> comes, its card's last month ends (DESIGN D4), and, once it is
/// finished, its card data is destroyed after the location's retention period (PCI DSS 3.2.1).
/// </summary>
internal static class DueWork
{
    /// <summary>Whether nothing can happen to a setup intent any more that would need its card.</summary>
    public static bool IsDeleted(SetupIntentStatus status) => status is SetupIntentStatus.Canceled or SetupIntentStatus.Closed;

    /// <summary>Whether it has come to its end, in whichever way.</summary>
    public static bool IsFinished(SetupIntentStatus status) => status is not (SetupIntentStatus.Created or SetupIntentStatus.Authorized);

    /// <summary>Whether card data goes together with the transition: after a deletion always, otherwise where nothing is to be retained.</summary>
    public static bool DestroysCardAtOnce(SetupIntentStatus to, TimeSpan retention) => IsDeleted(to) || (IsFinished(to) && retention == TimeSpan.Zero);

    /// <summary>When time next does something to a setup intent; null for never.</summary>
    public static DateTimeOffset? DueAt(StoredSetupIntent intent, TimeSpan retention) =>
        DueAt(intent.Status, intent.UpdatedAt, intent.Card, intent.ExpireAt, retention);

    /// <summary>The same for one that is being made.</summary>
    public static DateTimeOffset? DueAt(SetupIntentStatus status, DateTimeOffset updatedAt, StoredCard? card, DateTimeOffset? expireAt, TimeSpan retention)
    {
        if (IsFinished(status))
        {
            return card is { HoldsData: true } ? updatedAt + retention : null;
        }

        var cardEnd = card?.Expiry.ExpiredFrom;
        return status == SetupIntentStatus.Created && (cardEnd is null || expireAt < cardEnd) ? expireAt : cardEnd;
    }

    /// <summary>The transition that time has brought about by <paramref name="now"/>; null when none has.</summary>
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
