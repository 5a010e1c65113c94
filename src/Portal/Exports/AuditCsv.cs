using System.Globalization;
using System.Text;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Trail;

namespace Dojo.Pci.Portal.Exports;

/// <summary>The audit trail as a CSV file: a line for each entry, in words, written as they come.</summary>
internal static class AuditCsv
{
    private const string Header = "at,who,what,details,subject,from,outcome,actor_id,subject_id,entry\r\n";
    private const int FlushEvery = 500;

    // With a byte order mark: without one, Excel reads UTF-8 as the code page of the country. Other programs skip it.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<RecordedAuditEntry> rows, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, s_utf8, leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), ct);
        var written = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            await writer.WriteAsync(LineOf(row).AsMemory(), ct);
            if (++written % FlushEvery == 0)
            {
                await writer.FlushAsync(ct); // at the pace of whoever reads
            }
        }
    }

    private static string LineOf(RecordedAuditEntry row) => CsvText.Line(
        AuditJsonLines.Iso(row.Entry.At),
        AuditWords.Actor(row),
        AuditWords.Action(row.Entry.Action),
        AuditWords.Detail(row.Entry),
        AuditWords.Subject(row),
        row.Entry.Address?.ToString() ?? "",
        row.Entry.Succeeded ? "done" : "refused",
        row.Entry.Actor,
        row.Entry.Subject,
        row.Id.ToString(CultureInfo.InvariantCulture));
}
