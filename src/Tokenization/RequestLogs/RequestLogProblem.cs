using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Why a request was refused, in the sentences of its answer. The sentences are our own and repeat nothing that was sent (<see cref="Refusal"/>); each is
/// nevertheless scrubbed, like everything in the log.
/// </summary>
/// <param name="Detail">What to do about it; null if the errors say it.</param>
/// <param name="Errors">The broken rules, each with its field; empty if the refusal is not about fields.</param>
public sealed record RequestLogProblem(string? Detail, IReadOnlyList<FieldError> Errors)
{
    private static readonly RequestLogProblemJson s_json = new(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>The problem as it is stored, scrubbed; null if it is empty.</summary>
    internal string? ToJson() => Detail is null && Errors.Count == 0 ? null : JsonSerializer.Serialize(Scrubbed(), s_json.RequestLogProblem);

    /// <summary>Loads a stored problem.</summary>
    internal static RequestLogProblem? Load(string? json) => json is null ? null : JsonSerializer.Deserialize(json, s_json.RequestLogProblem);

    private RequestLogProblem Scrubbed() => new(
        Detail is null ? null : RequestLogScrubber.Scrub(Detail),
        [.. Errors.Select(error => new FieldError(RequestLogScrubber.Scrub(error.Field), RequestLogScrubber.Scrub(error.Message)))]);
}

/// <summary>The JSON serialization of <c>RequestLogProblem</c>.</summary>
[JsonSerializable(typeof(RequestLogProblem))]
internal sealed partial class RequestLogProblemJson : JsonSerializerContext;
