namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>An event on its way to a subscriber.</summary>
/// <param name="Id">Its internal id.</param>
/// <param name="EventId">The event, as its body names it.</param>
/// <param name="Sequence">Its number among the events of the subscription, from 1.</param>
/// <param name="Body">What is sent, the same each time.</param>
/// <param name="Attempts">How many attempts were made.</param>
internal sealed record WebhookDelivery(long Id, string EventId, long Sequence, byte[] Body, int Attempts);

/// <summary>What became of an attempt to deliver.</summary>
/// <param name="At">When it began.</param>
/// <param name="Duration">How long it took, the reading of the answer included.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Why there was none, in a word; null where there was one.</param>
/// <param name="Response">The beginning of the answer's body; null where there was none, or it is not kept.</param>
internal sealed record WebhookAttempt(DateTimeOffset At, TimeSpan Duration, int? Status, string? Error, string? Response)
{
    /// <summary>After how long the receiver wants to be asked again; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the event is delivered: any 2xx (dojo-domain.md §7.1).</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>What there is to do for a subscription.</summary>
/// <param name="Webhook">The subscription, with its secrets.</param>
/// <param name="Due">What is to be sent now, the longest due first.</param>
/// <param name="NextAt">When more becomes due; null where nothing else waits.</param>
internal sealed record WebhookWork(StoredWebhook Webhook, IReadOnlyList<WebhookDelivery> Due, DateTimeOffset? NextAt);
