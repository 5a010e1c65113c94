using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

/// <summary>What an event is about. The numbers are stored: see <see cref="PackedEvents"/>.</summary>
internal enum EventSubjectKind : byte
{
    /// <summary>A setup intent, with its status.</summary>
    SetupIntent = 1,

    /// <summary>A payment intent, with its status and how it is captured.</summary>
    PaymentIntent = 2,

    /// <summary>A receipt of a payment.</summary>
    Receipt = 3,

    /// <summary>A refund of a payment, with its status.</summary>
    Refund = 4,

    /// <summary>A customer.</summary>
    Customer = 5,

    /// <summary>An API key.</summary>
    ApiKey = 6,

    /// <summary>The webhook subscription itself.</summary>
    Subscription = 7,
}

/// <summary>The subject of an event, by internal ids. The ids that the tenant sees are derived from them when the body is written.</summary>
/// <param name="Kind">The kind of the subject.</param>
/// <param name="RecordId">The internal id of the subject.</param>
internal readonly record struct EventSubject(EventSubjectKind Kind, long RecordId)
{
    /// <summary>The payment intent of a receipt or refund; otherwise 0.</summary>
    public long PaymentRecordId { get; init; }

    /// <summary>The status of a subject that has one; otherwise empty.</summary>
    public string Status { get; init; } = "";

    /// <summary>How a payment intent is captured; empty for other subjects.</summary>
    public string CaptureMode { get; init; } = "";
}

/// <summary>An event on its way to the outbox.</summary>
/// <param name="Id">The id of the event, the same for all its subscribers.</param>
/// <param name="Name">One of <see cref="WebhookEvents"/>.</param>
/// <param name="At">When it happened, by the tenant's clock.</param>
/// <param name="Subject">What the event is about.</param>
internal readonly record struct PendingEvent(string Id, string Name, DateTimeOffset At, EventSubject Subject);
