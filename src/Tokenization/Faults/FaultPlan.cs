namespace Dojo.Pci.Tokenization.Faults;

/// <summary>What a fault meets, and what is counted where faults are bounded by a number.</summary>
public enum FaultPlace
{
    /// <summary>A request to the API with a key of the sandbox, but for those below <c>/sandbox</c>.</summary>
    Request,

    /// <summary>Something that the acquirer is asked: an authorization, a charge, a capture, a reversal or a refund.</summary>
    Attempt,

    /// <summary>An attempt to deliver a webhook event.</summary>
    Delivery,
}

/// <summary>What can be made to go wrong in a sandbox.</summary>
public enum FaultKind
{
    /// <summary>Every request waits so many milliseconds before anything is done.</summary>
    Latency,

    /// <summary>Of a hundred requests so many are answered with 500, and nothing is done.</summary>
    Error,

    /// <summary>The same with 429.</summary>
    TooManyRequests,

    /// <summary>The same with 503.</summary>
    Unavailable,

    /// <summary>Of a hundred requests so many get no answer: the connection is closed, and nothing is done.</summary>
    Dropped,

    /// <summary>Of a hundred attempts so many are declined by the acquirer.</summary>
    Declined,

    /// <summary>Of a hundred attempts so many have an outcome that is not known; it turns out that the acquirer never saw them.</summary>
    Unknown,

    /// <summary>Of a hundred attempts to deliver a webhook event so many fail, and are repeated as ever.</summary>
    WebhookFailure,
}

/// <summary>Facts about kinds of faults.</summary>
public static class FaultKinds
{
    /// <summary>The most milliseconds of <see cref="FaultKind.Latency"/>.</summary>
    public const int MostLatency = 30_000;

    private const int All = 100;

    /// <summary>What a kind meets.</summary>
    public static FaultPlace PlaceOf(FaultKind kind) => kind switch
    {
        FaultKind.Declined or FaultKind.Unknown => FaultPlace.Attempt,
        FaultKind.WebhookFailure => FaultPlace.Delivery,
        _ => FaultPlace.Request,
    };

    /// <summary>How much of a kind there may be: milliseconds, or percent.</summary>
    public static int MostOf(FaultKind kind) => kind == FaultKind.Latency ? MostLatency : All;

    /// <summary>The name of the amount of a kind, such as <c>ErrorPercent</c>.</summary>
    public static string FieldOf(FaultKind kind) => kind == FaultKind.Latency ? "LatencyMilliseconds" : $"{kind}Percent";
}

/// <summary>How much of each kind goes wrong.</summary>
/// <param name="Amounts">Milliseconds or percent, by kind; what is missing is 0.</param>
public sealed record FaultPlan(IReadOnlyDictionary<FaultKind, int> Amounts)
{
    /// <summary>How much of a kind.</summary>
    public int this[FaultKind kind] => Amounts.GetValueOrDefault(kind);

    /// <summary>The kinds of which there is any, in their order.</summary>
    public IEnumerable<FaultKind> Kinds => Enum.GetValues<FaultKind>().Where(kind => this[kind] > 0);

    /// <summary>Whether any kind meets a place.</summary>
    public bool Meets(FaultPlace place) => Kinds.Any(kind => FaultKinds.PlaceOf(kind) == place);
}

/// <summary>For how long faults are on: exactly one of the two.</summary>
/// <param name="Requests">So many requests, attempts and deliveries, each counted by itself.</param>
/// <param name="Minutes">So many minutes, by the real clock.</param>
public sealed record FaultSpan(int? Requests, int? Minutes)
{
    /// <summary>The most that can be asked for of <see cref="Requests"/>.</summary>
    public const int MostRequests = 100_000;

    /// <summary>The most that can be asked for of <see cref="Minutes"/>: a day.</summary>
    public const int MostMinutes = 1440;
}

/// <summary>The faults of a sandbox as they are.</summary>
/// <param name="Plan">What goes wrong.</param>
/// <param name="EndsAt">When they end; null where they are bounded by numbers.</param>
/// <param name="RequestsLeft">How many requests are still met; null where none is meant, or the time decides.</param>
/// <param name="AttemptsLeft">The same of what the acquirer is asked.</param>
/// <param name="DeliveriesLeft">The same of deliveries.</param>
public sealed record ActiveFaults(FaultPlan Plan, DateTimeOffset? EndsAt, int? RequestsLeft, int? AttemptsLeft, int? DeliveriesLeft)
{
    /// <summary>How many are still met at a place.</summary>
    public int? LeftOf(FaultPlace place) => place switch
    {
        FaultPlace.Request => RequestsLeft,
        FaultPlace.Attempt => AttemptsLeft,
        _ => DeliveriesLeft,
    };
}

/// <summary>What goes wrong with one request, attempt or delivery.</summary>
/// <param name="Kind">How; null where nothing does but <paramref name="Latency"/>.</param>
/// <param name="Latency">How long it has to wait first.</param>
public readonly record struct DrawnFault(FaultKind? Kind, TimeSpan Latency);
