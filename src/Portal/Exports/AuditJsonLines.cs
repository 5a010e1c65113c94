using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Writes the audit trail as JSON Lines, for programs: an object per entry, one on each line, written as the entries arrive.</summary>
internal static class AuditJsonLines
{
    // The output is a file, not a page, so letters of any language are not escaped.
    private static readonly AuditLineJson s_json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<RecordedAuditEntry> rows, CancellationToken ct)
    {
        var written = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(to, LineOf(row), s_json.AuditLine, ct);
            await to.WriteAsync("\n"u8.ToArray(), ct);
            if (++written % CsvFile.FlushEvery == 0)
            {
                await to.FlushAsync(ct);
            }
        }
    }

    private static AuditLine LineOf(RecordedAuditEntry row) => new(
        row.Id,
        IsoInstant.Of(row.Entry.At),
        AuditWords.Actor(row),
        row.Entry.Actor,
        AuditWords.Action(row.Entry.Action),
        row.Entry.Action,
        AuditWords.Detail(row.Entry),
        AuditWords.Subject(row),
        row.Entry.Subject,
        row.Entry.Address?.ToString(),
        row.Entry.Succeeded ? "done" : "refused");
}

/// <summary>A line: the words that people read, and the identifiers that the audit trail itself uses.</summary>
internal sealed record AuditLine(
    long Entry, string At, string Who, string Actor, string What, string Action, string Details, string Subject, string SubjectId, string? From, string Outcome);

/// <summary>Serializes an <see cref="AuditLine"/>.</summary>
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditLineJson : JsonSerializerContext;
