namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>An event that is to be delivered to a subscriber.</summary>
/// <param name="Id">The internal id.</param>
/// <param name="EventId">The event's id, as in its body.</param>
/// <param name="Sequence">The event's number within the subscription, from 1.</param>
/// <param name="Body">The body, the same in every attempt.</param>
/// <param name="Attempts">The number of attempts since the event was queued or last replayed.</param>
internal sealed record WebhookDelivery(long Id, string EventId, long Sequence, byte[] Body, int Attempts);

/// <summary>The outcome of an attempt to deliver.</summary>
/// <param name="At">When the attempt began.</param>
/// <param name="Duration">How long the attempt took, including reading the answer.</param>
/// <param name="Status">The HTTP status of the answer; null when there was none.</param>
/// <param name="Error">Why there was no answer, in one word; null when there was one.</param>
/// <param name="Response">The beginning of the answer's body; null when there was none, or it is not kept.</param>
internal sealed record WebhookAttempt(DateTimeOffset At, TimeSpan Duration, int? Status, string? Error, string? Response)
{
    /// <summary>The request head: the method and URL, then one header per line; null when there was none to keep: for a sandbox fault, a damaged secret, or an attempt of a listener.</summary>
    public string? Request { get; init; }

    /// <summary>The headers of the answer, one per line; null when there was none.</summary>
    public string? ResponseHead { get; init; }

    /// <summary>Why <see cref="Response"/> is not the complete body of the answer; null when it is.</summary>
    public WebhookResponseNote? ResponseNote { get; init; }

    /// <summary>The pause before the next attempt that the receiver asked for; null when it asked for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the attempt delivered the event: any 2xx status does (dojo-domain.md §7.1).</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Why the body of an answer is not kept, or only in part. Stored by name.</summary>
public enum WebhookResponseNote
{
    /// <summary>It was longer than the limit, or did not end in time.</summary>
    Cut,

    /// <summary>It is left out because it may hold a card number.</summary>
    CardNumber,

    /// <summary>It is left out because it is not UTF-8 text.</summary>
    NoText,
}

/// <summary>An attempt that has ended, and its consequence for the delivery.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="NextAt">When the next attempt is due; null when the event was delivered or given up.</param>
internal sealed record EndedAttempt(WebhookDelivery Delivery, WebhookAttempt Attempt, DateTimeOffset? NextAt);

/// <summary>The work of a subscription.</summary>
/// <param name="Webhook">The subscription, with its secrets.</param>
/// <param name="Due">The deliveries to send now, longest due first, without those that were passed over.</param>
/// <param name="HasPassedOver">Whether due deliveries were passed over, either because the caller holds them or because of the limit.</param>
/// <param name="HasMore">Whether more deliveries may be due than were taken.</param>
/// <param name="NextAt">When the next delivery becomes due; null when none is waiting.</param>
internal sealed record WebhookWork(StoredWebhook Webhook, IReadOnlyList<WebhookDelivery> Due, bool HasPassedOver, bool HasMore, DateTimeOffset? NextAt);
