using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// What is kept of one request to the API, for the tenant that made it. Nothing here is a part of the request as it was
/// sent: the route stands for the path, the version is the one it resolved to, and the body holds validated values only.
/// </summary>
public sealed record RequestLogEntry
{
    /// <summary>How long an entry is kept after the day (UTC) on which it arrived: 30 days, after which <see cref="RequestLogRetention"/> deletes it.</summary>
    public const int DaysKept = 30;

    /// <summary>Our own number for it, growing with time, by which lists are paged; null until it is stored.</summary>
    public long? Id { get; init; }

    /// <summary>Who made the request; null when it came without a valid key.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The key it was made with; null when it came without a valid one.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The pattern of the route, never the path: that may hold anything.</summary>
    public required string Route { get; init; }

    /// <summary>The status that was answered.</summary>
    public required int Status { get; init; }

    /// <summary>From its arrival to the end of the answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The version of the API that answered; null when the request did not get that far.</summary>
    public string? Version { get; init; }

    /// <summary>The trace id that the answer and the logs carry.</summary>
    public required string TraceId { get; init; }

    /// <summary>Where it came from, where that is known.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>Why it was refused, in our own words: the names of the refused fields, or of the status; null when it was not.</summary>
    public string? Refusal { get; init; }

    /// <summary>The same in the sentences of the answer; null when it was not refused.</summary>
    public RequestLogProblem? Problem { get; init; }

    /// <summary>The token it was about, where it was found or made.</summary>
    public string? TokenId { get; init; }

    /// <summary>The payment it was about, where it was found or made.</summary>
    public string? PaymentId { get; init; }

    /// <summary>What it said; null when its body was refused or had nothing to keep.</summary>
    public RequestLogBody? Body { get; init; }
}
