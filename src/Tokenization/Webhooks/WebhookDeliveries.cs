namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>What became of an event that is sent to a subscriber.</summary>
public enum WebhookDeliveryStatus
{
    /// <summary>It was not sent yet.</summary>
    Waiting,

    /// <summary>An attempt has failed, and another is to come.</summary>
    Retrying,

    /// <summary>It was answered with 2xx.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>Which deliveries to list. What is null does not filter.</summary>
public sealed record WebhookDeliveryFilter
{
    /// <summary>The event's name.</summary>
    public string? Event { get; init; }

    /// <summary>What became of them.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>The earliest instant at which they were queued.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant too late.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>One event, as its body names it.</summary>
    public string? EventId { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsFiltered => this != new WebhookDeliveryFilter();
}

/// <summary>A delivery in a list.</summary>
public sealed record ListedWebhookDelivery
{
    /// <summary>Its number, in the order in which deliveries were queued.</summary>
    public required long Id { get; init; }

    /// <summary>The event, as its body names it.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's name.</summary>
    public required string Event { get; init; }

    /// <summary>Its number among those of the subscription, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was queued, in real time.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>How many attempts were made in all.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many of them since somebody sent it again.</summary>
    public required int AttemptsOfSchedule { get; init; }

    /// <summary>When it is tried next; null where it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The status that the last attempt was answered with.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt was not answered, in a word.</summary>
    public string? LastError { get; init; }

    /// <summary>How long the last attempt took.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>What became of it.</summary>
    public WebhookDeliveryStatus Status =>
        DeliveredAt is not null ? WebhookDeliveryStatus.Delivered
        : NextAttemptAt is null ? WebhookDeliveryStatus.Failed
        : AttemptsOfSchedule == 0 ? WebhookDeliveryStatus.Waiting
        : WebhookDeliveryStatus.Retrying;
}

/// <summary>Some deliveries, newest first.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Before">Where the next page begins; null where this is the last.</param>
public sealed record WebhookDeliveryList(IReadOnlyList<ListedWebhookDelivery> Items, long? Before)
{
    /// <summary>The most that a page has.</summary>
    public const int Largest = 50;
}

/// <summary>A delivery with its attempts.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Body">What is sent, the same each time: JSON.</param>
/// <param name="Attempts">The attempts, newest first; the newest <see cref="MostAttempts"/> of them.</param>
public sealed record WebhookDeliveryDetail(ListedWebhookDelivery Delivery, string Body, IReadOnlyList<ShownWebhookAttempt> Attempts)
{
    /// <summary>How many attempts are shown.</summary>
    public const int MostAttempts = 100;
}

/// <summary>An attempt to deliver.</summary>
public sealed record ShownWebhookAttempt
{
    /// <summary>Its number among those of the delivery, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was none, in a word.</summary>
    public string? Error { get; init; }

    /// <summary>What was sent before the body: method and URL, then a header a line; null where that was not kept yet.</summary>
    public string? Request { get; init; }

    /// <summary>The headers of the answer, one a line.</summary>
    public string? ResponseHead { get; init; }

    /// <summary>The beginning of the answer's body.</summary>
    public string? Response { get; init; }

    /// <summary>Why the answer's body is not all there; null where it is.</summary>
    public WebhookResponseNote? ResponseNote { get; init; }

    /// <summary>Which of its signatures the secrets of now verify; null where the request was not kept.</summary>
    public WebhookVerification? Verification { get; init; }

    /// <summary>Whether the event was delivered by it.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>What would be sent again, to be confirmed.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Count">How many deliveries that is.</param>
/// <param name="UpTo">The newest of them: those queued after the count are not sent again.</param>
public sealed record WebhookReplayPlan(WebhookDeliveryFilter Filter, long Count, long UpTo);

/// <summary>What is sent again.</summary>
/// <param name="Count">How many deliveries.</param>
public sealed record WebhookReplay(long Count);
