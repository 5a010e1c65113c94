using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// What the log keeps of one request to the API, for the tenant that made it. Nothing here is copied from the request as it was sent: the route stands
/// for the path, the version is the one it resolved to, and the body holds validated values only.
/// </summary>
public sealed record RequestLogEntry
{
    /// <summary>
    /// The number of days for which an entry is kept after the day (UTC) on which it arrived. <see cref="RequestLogRetention"/> then deletes it.
    /// </summary>
    public const int DaysKept = 30;

    /// <summary>The entry's number, which increases with time and by which lists are paged; null until the entry is stored.</summary>
    public long? Id { get; init; }

    /// <summary>The tenant that made the request; null if it had no valid key.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The API key of the request; null if it had no valid one.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The route pattern, never the path, which may hold anything.</summary>
    public required string Route { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The time from the request's arrival to the end of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The API version that answered; null if the request did not get that far.</summary>
    public string? Version { get; init; }

    /// <summary>The trace id that the answer and the logs carry.</summary>
    public required string TraceId { get; init; }

    /// <summary>The client's address, if known.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>Why the request was refused: the names of the refused fields, or of the status. Null if it was not refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why the request was refused, in the sentences of the answer; null if it was not refused.</summary>
    public RequestLogProblem? Problem { get; init; }

    /// <summary>The id of the token that the request found or created; null without one.</summary>
    public string? TokenId { get; init; }

    /// <summary>The id of the payment that the request found or created; null without one.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The body; null if it was refused or there was nothing to keep.</summary>
    public RequestLogBody? Body { get; init; }
}
