using System.Globalization;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Writes the audit trail as a CSV file: a line for each entry, in words.</summary>
internal static class AuditCsv
{
    public static Task WriteAsync(Stream to, IAsyncEnumerable<RecordedAuditEntry> rows, CancellationToken ct) =>
        CsvFile.WriteAsync(to, "at,who,what,details,subject,from,outcome,actor_id,subject_id,entry", rows, FieldsOf, ct);

    private static IEnumerable<string> FieldsOf(RecordedAuditEntry row) =>
    [
        IsoInstant.Of(row.Entry.At),
        AuditWords.Actor(row),
        AuditWords.Action(row.Entry.Action),
        AuditWords.Detail(row.Entry),
        AuditWords.Subject(row),
        row.Entry.Address?.ToString() ?? "",
        row.Entry.Succeeded ? "done" : "refused",
        row.Entry.Actor,
        row.Entry.Subject,
        row.Id.ToString(CultureInfo.InvariantCulture),
    ];
}
