using System.Text.Json.Serialization;

namespace Dojo.Pci.Portal.Api.Errors;

/// <summary>An error body as the seed shows it, with the properties in the same order.</summary>
internal sealed record Problem
{
    [JsonPropertyName("errors")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status")]
    public required int Status { get; init; }

    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    [JsonPropertyName("traceId")]
    public required string TraceId { get; init; }
}
