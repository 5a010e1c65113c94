namespace Dojo.Pci.Tokenization.Faults;

/// <summary>The operation that a fault affects, which is counted if the faults are limited by number.</summary>
public enum FaultPlace
{
    /// <summary>A request to the API with a key of the sandbox, except those below <c>/sandbox</c>.</summary>
    Request,

    /// <summary>A request to the acquirer: an authorization, a charge, a capture, a reversal or a refund.</summary>
    Attempt,

    /// <summary>An attempt to deliver a webhook event.</summary>
    Delivery,
}

/// <summary>The faults that can be injected into a sandbox.</summary>
public enum FaultKind
{
    /// <summary>The milliseconds that every request waits before anything is done.</summary>
    Latency,

    /// <summary>The percentage of requests that are answered with 500 without any effect.</summary>
    Error,

    /// <summary>The percentage of requests that are answered with 429 without any effect.</summary>
    TooManyRequests,

    /// <summary>The percentage of requests that are answered with 503 without any effect.</summary>
    Unavailable,

    /// <summary>The percentage of requests that get no answer: the connection is closed, without any effect.</summary>
    Dropped,

    /// <summary>The percentage of attempts that the acquirer declines.</summary>
    Declined,

    /// <summary>The percentage of attempts whose outcome is unknown; it turns out later that the acquirer never received them.</summary>
    Unknown,

    /// <summary>The percentage of delivery attempts that fail; they are retried as usual.</summary>
    WebhookFailure,
}

/// <summary>The properties of each kind of fault.</summary>
public static class FaultKinds
{
    /// <summary>The most milliseconds of <see cref="FaultKind.Latency"/>.</summary>
    public const int MostLatency = 30_000;

    private const int All = 100;

    /// <summary>Returns the operation that a kind affects.</summary>
    public static FaultPlace PlaceOf(FaultKind kind) => kind switch
    {
        FaultKind.Declined or FaultKind.Unknown => FaultPlace.Attempt,
        FaultKind.WebhookFailure => FaultPlace.Delivery,
        _ => FaultPlace.Request,
    };

    /// <summary>Returns the largest amount of a kind: milliseconds for <see cref="FaultKind.Latency"/>, percent for the others.</summary>
    public static int MostOf(FaultKind kind) => kind == FaultKind.Latency ? MostLatency : All;

    /// <summary>Returns the name of the field with the amount of a kind, such as <c>ErrorPercent</c>.</summary>
    public static string FieldOf(FaultKind kind) => kind == FaultKind.Latency ? "LatencyMilliseconds" : $"{kind}Percent";
}

/// <summary>The amount of each kind of fault.</summary>
/// <param name="Amounts">Milliseconds or percent, by kind; a missing kind is 0.</param>
public sealed record FaultPlan(IReadOnlyDictionary<FaultKind, int> Amounts)
{
    /// <summary>The amount of a kind.</summary>
    public int this[FaultKind kind] => Amounts.GetValueOrDefault(kind);

    /// <summary>The kinds whose amount is more than 0, in the order of the enumeration.</summary>
    public IEnumerable<FaultKind> Kinds => Enum.GetValues<FaultKind>().Where(kind => this[kind] > 0);

    /// <summary>Checks whether any fault of the plan affects an operation.</summary>
    public bool Meets(FaultPlace place) => Kinds.Any(kind => FaultKinds.PlaceOf(kind) == place);
}

/// <summary>How long faults last. Exactly one of the two is set.</summary>
/// <param name="Requests">The number of requests, of attempts and of deliveries, each counted separately.</param>
/// <param name="Minutes">The number of minutes, by the real clock.</param>
public sealed record FaultSpan(int? Requests, int? Minutes)
{
    /// <summary>The largest value of <see cref="Requests"/>.</summary>
    public const int MostRequests = 100_000;

    /// <summary>The largest value of <see cref="Minutes"/>: a day.</summary>
    public const int MostMinutes = 1440;
}

/// <summary>The current faults of a sandbox.</summary>
/// <param name="Plan">The amount of each kind.</param>
/// <param name="EndsAt">When they end; null if they are limited by number.</param>
/// <param name="RequestsLeft">The number of requests still to be affected; null if the plan affects no requests or is limited by time.</param>
/// <param name="AttemptsLeft">The same for requests to the acquirer.</param>
/// <param name="DeliveriesLeft">The same for webhook delivery attempts.</param>
public sealed record ActiveFaults(FaultPlan Plan, DateTimeOffset? EndsAt, int? RequestsLeft, int? AttemptsLeft, int? DeliveriesLeft)
{
    /// <summary>Returns the number of operations of one sort that are still to be affected.</summary>
    public int? LeftOf(FaultPlace place) => place switch
    {
        FaultPlace.Request => RequestsLeft,
        FaultPlace.Attempt => AttemptsLeft,
        _ => DeliveriesLeft,
    };
}

/// <summary>The fault that was drawn for one request, attempt or delivery.</summary>
/// <param name="Kind">The kind of fault; null if there is none besides <paramref name="Latency"/>.</param>
/// <param name="Latency">How long the request waits first.</param>
public readonly record struct DrawnFault(FaultKind? Kind, TimeSpan Latency);
