using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>Which entries of a tenant to list. What is null does not filter.</summary>
public sealed record RequestLogFilter
{
    /// <summary>Most entries of a page.</summary>
    public const int LargestPage = 200;

    /// <summary>The first digit of the status: 2 for 200 to 299.</summary>
    public int? StatusClass { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The pattern of the route.</summary>
    public string? Route { get; init; }

    /// <summary>The key the requests were made with.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>The first instant of the time range.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant after the time range.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The trace id, as an answer has it or only its 32 digits in the middle.</summary>
    public string? TraceId { get; init; }

    /// <summary>The next page: the <see cref="RequestLogEntry.Id"/> of the last entry of the page before.</summary>
    public long? Before { get; init; }

    /// <summary>Most entries to list, up to <see cref="LargestPage"/>.</summary>
    public int PageSize { get; init; } = 50;
}
