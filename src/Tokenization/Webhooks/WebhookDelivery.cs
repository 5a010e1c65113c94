namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>An event on its way to a subscriber.</summary>
/// <param name="Id">Its internal id.</param>
/// <param name="EventId">The event, as its body names it.</param>
/// <param name="Sequence">Its number among the events of the subscription, from 1.</param>
/// <param name="Body">What is sent, the same each time.</param>
/// <param name="Attempts">How many attempts were made since the event was queued, or sent again by somebody.</param>
internal sealed record WebhookDelivery(long Id, string EventId, long Sequence, byte[] Body, int Attempts);

/// <summary>What became of an attempt to deliver.</summary>
/// <param name="At">When it began.</param>
/// <param name="Duration">How long it took, the reading of the answer included.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Why there was none, in a word; null where there was one.</param>
/// <param name="Response">The beginning of the answer's body; null where there was none, or it is not kept.</param>
internal sealed record WebhookAttempt(DateTimeOffset At, TimeSpan Duration, int? Status, string? Error, string? Response)
{
    /// <summary>What was sent before the body: method and URL, then a header a line; null where nothing was.</summary>
    public string? Request { get; init; }

    /// <summary>The headers of the answer, one a line; null where there was none.</summary>
    public string? ResponseHead { get; init; }

    /// <summary>Why <see cref="Response"/> is not all of the answer's body; null where it is.</summary>
    public WebhookResponseNote? ResponseNote { get; init; }

    /// <summary>After how long the receiver wants to be asked again; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the event is delivered: any 2xx (dojo-domain.md §7.1).</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Why the body of an answer is not kept, or not all of it. Stored by name.</summary>
public enum WebhookResponseNote
{
    /// <summary>It was longer than is kept, or did not end in time.</summary>
    Cut,

    /// <summary>It is left out: it may hold a card number.</summary>
    CardNumber,

    /// <summary>It is left out: it is no text in UTF-8.</summary>
    NoText,
}

/// <summary>An attempt that has ended, with what it means for its delivery.</summary>
/// <param name="Delivery">What was sent.</param>
/// <param name="Attempt">What became of it.</param>
/// <param name="NextAt">When it is tried again; null where it was delivered or given up.</param>
internal sealed record EndedAttempt(WebhookDelivery Delivery, WebhookAttempt Attempt, DateTimeOffset? NextAt);

/// <summary>What there is to do for a subscription.</summary>
/// <param name="Webhook">The subscription, with its secrets.</param>
/// <param name="Due">What is to be sent now, the longest due first, without what was passed over.</param>
/// <param name="HasPassedOver">Whether anything that is due was passed over, because it is held already.</param>
/// <param name="HasMore">Whether more may be due than was taken.</param>
/// <param name="NextAt">When more becomes due; null where nothing else waits.</param>
internal sealed record WebhookWork(StoredWebhook Webhook, IReadOnlyList<WebhookDelivery> Due, bool HasPassedOver, bool HasMore, DateTimeOffset? NextAt);
