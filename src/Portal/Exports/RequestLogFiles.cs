using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Writes the request log as a CSV file: a line for each request, without bodies.</summary>
internal static class RequestLogCsv
{
    public static Task WriteAsync(Stream to, IAsyncEnumerable<RequestRow> rows, CancellationToken ct) =>
        CsvFile.WriteAsync(to, "at,entry,method,route,status,duration_ms,key,key_last_four,client_address,version,refusal,token,payment,trace_id", rows, FieldsOf, ct);

    private static IEnumerable<string> FieldsOf(RequestRow row) =>
    [
        IsoInstant.Of(row.Entry.At),
        row.Id.ToString(CultureInfo.InvariantCulture),
        row.Entry.Method,
        row.Entry.Route,
        row.Entry.Status.ToString(CultureInfo.InvariantCulture),
        row.Entry.Duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture),
        row.Key?.Name ?? "",
        row.Key?.LastFour ?? "",
        row.Entry.ClientAddress?.ToString() ?? "",
        row.Entry.Version ?? "",
        row.Entry.Refusal ?? "",
        row.Entry.TokenId ?? "",
        row.Entry.PaymentId ?? "",
        row.Entry.TraceId,
    ];
}

/// <summary>Writes the request log as JSON Lines, for programs: an object per request on each line, with its body and why it was refused.</summary>
internal static class RequestLogJsonLines
{
    // The output is a file, not a page, so letters of any language are not escaped.
    private static readonly RequestLineJson s_json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<RequestRow> rows, CancellationToken ct)
    {
        var written = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            using var body = row.Entry.Body is { } sent ? JsonDocument.Parse(sent.Json) : null;
            await JsonSerializer.SerializeAsync(to, LineOf(row, body), s_json.RequestLine, ct);
            await to.WriteAsync("\n"u8.ToArray(), ct);
            if (++written % CsvFile.FlushEvery == 0)
            {
                await to.FlushAsync(ct);
            }
        }
    }

    private static RequestLine LineOf(RequestRow row, JsonDocument? body) => new(
        row.Id,
        IsoInstant.Of(row.Entry.At),
        row.Entry.Method,
        row.Entry.Route,
        row.Entry.Status,
        row.Entry.Duration.TotalMilliseconds,
        row.Key?.Name,
        row.Key?.LastFour,
        row.Entry.ClientAddress?.ToString(),
        row.Entry.Version,
        row.Entry.Refusal,
        row.Entry.Problem?.Detail,
        row.Entry.Problem is { Errors.Count: > 0 } problem ? problem.Errors : null,
        row.Entry.TokenId,
        row.Entry.PaymentId,
        row.Entry.TraceId,
        body?.RootElement);
}

/// <summary>A line: one request.</summary>
internal sealed record RequestLine(
    long Entry, string At, string Method, string Route, int Status, double DurationMs, string? Key, string? KeyLastFour, string? ClientAddress, string? Version, string? Refusal, string? Detail,
    IReadOnlyList<FieldError>? Errors, string? Token, string? Payment, string TraceId, JsonElement? Body);

/// <summary>Serializes a <see cref="RequestLine"/>.</summary>
[JsonSerializable(typeof(RequestLine))]
internal sealed partial class RequestLineJson : JsonSerializerContext;
