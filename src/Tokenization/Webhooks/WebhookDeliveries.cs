namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The status of a delivery.</summary>
public enum WebhookDeliveryStatus
{
    /// <summary>It was not sent yet, or not since it was replayed.</summary>
    Waiting,

    /// <summary>An attempt failed, and another follows.</summary>
    Retrying,

    /// <summary>The receiver answered with 2xx.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>Selects deliveries. A null member does not filter.</summary>
public sealed record WebhookDeliveryFilter
{
    /// <summary>The event's name.</summary>
    public string? Event { get; init; }

    /// <summary>The status of the delivery.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>The earliest time of queueing, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest time of queueing, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The event's id, as in its body.</summary>
    public string? EventId { get; init; }

    /// <summary>Whether any member filters.</summary>
    public bool IsFiltered => this != new WebhookDeliveryFilter();
}

/// <summary>A delivery in a list.</summary>
public sealed record ListedWebhookDelivery
{
    /// <summary>The delivery's id. Ids increase in the order in which deliveries are queued.</summary>
    public required long Id { get; init; }

    /// <summary>The event's id, as in its body.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's name.</summary>
    public required string Event { get; init; }

    /// <summary>The event's number within the subscription, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the delivery was queued, in real time.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>The number of all attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>The number of attempts since the delivery was last replayed; all of them if it never was.</summary>
    public required int AttemptsOfSchedule { get; init; }

    /// <summary>When the next attempt is due; null when none follows.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the event was delivered; null when it is not.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The HTTP status of the answer to the last attempt; null when it got none, or there was no attempt.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt got no answer, in one word.</summary>
    public string? LastError { get; init; }

    /// <summary>How long the last attempt took.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>The status of the delivery.</summary>
    public WebhookDeliveryStatus Status =>
        DeliveredAt is not null ? WebhookDeliveryStatus.Delivered
        : NextAttemptAt is null ? WebhookDeliveryStatus.Failed
        : AttemptsOfSchedule == 0 ? WebhookDeliveryStatus.Waiting
        : WebhookDeliveryStatus.Retrying;
}

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Before">The start of the next page; null when this is the last.</param>
public sealed record WebhookDeliveryList(IReadOnlyList<ListedWebhookDelivery> Items, long? Before)
{
    /// <summary>The most deliveries on a page.</summary>
    public const int Largest = 50;
}

/// <summary>A delivery with its attempts.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Body">The JSON body, the same in every attempt.</param>
/// <param name="Attempts">The newest <see cref="MostAttempts"/> attempts, newest first.</param>
public sealed record WebhookDeliveryDetail(ListedWebhookDelivery Delivery, string Body, IReadOnlyList<ShownWebhookAttempt> Attempts)
{
    /// <summary>The most attempts that are shown.</summary>
    public const int MostAttempts = 100;
}

/// <summary>An attempt to deliver, as members see it.</summary>
public sealed record ShownWebhookAttempt
{
    /// <summary>The attempt's number within the delivery, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long the attempt took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was no answer, in one word.</summary>
    public string? Error { get; init; }

    /// <summary>The request head: the method and URL, then one header per line; null when it was not stored.</summary>
    public string? Request { get; init; }

    /// <summary>The headers of the answer, one per line.</summary>
    public string? ResponseHead { get; init; }

    /// <summary>The beginning of the answer's body.</summary>
    public string? Response { get; init; }

    /// <summary>Why the answer's body is not complete; null when it is.</summary>
    public WebhookResponseNote? ResponseNote { get; init; }

    /// <summary>Which of the request's signatures the current secrets verify; null when the request was not stored.</summary>
    public WebhookVerification? Verification { get; init; }

    /// <summary>Whether this attempt delivered the event.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>A replay that is yet to be confirmed.</summary>
/// <param name="Filter">The filter that selects the deliveries.</param>
/// <param name="Count">The number of deliveries that passed the filter.</param>
/// <param name="UpTo">The id of the newest of them. Deliveries queued after the count are not replayed.</param>
public sealed record WebhookReplayPlan(WebhookDeliveryFilter Filter, long Count, long UpTo);

/// <summary>The result of a replay.</summary>
/// <param name="Count">The number of deliveries that are sent again.</param>
public sealed record WebhookReplay(long Count);
