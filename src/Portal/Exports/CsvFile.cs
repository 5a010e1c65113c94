using System.Text;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Writes a CSV file row by row, as the rows arrive, so that memory use does not depend on its size.</summary>
internal static class CsvFile
{
    /// <summary>The number of rows after which the output is flushed, at the pace of the reader.</summary>
    public const int FlushEvery = 500;

    // With a byte order mark: without one, Excel reads UTF-8 as the regional code page. Other programs skip the mark.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: true);

    /// <param name="to">The output stream; left open.</param>
    /// <param name="header">The names of the columns, separated by commas.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="fieldsOf">Returns the fields of a row, in the order of the columns.</param>
    /// <param name="ct">Cancels the writing.</param>
    public static async Task WriteAsync<TRow>(Stream to, string header, IAsyncEnumerable<TRow> rows, Func<TRow, IEnumerable<string>> fieldsOf, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, s_utf8, leaveOpen: true);
        await writer.WriteAsync($"{header}\r\n".AsMemory(), ct);
        var written = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            await writer.WriteAsync(CsvText.Line(fieldsOf(row)).AsMemory(), ct);
            if (++written % FlushEvery == 0)
            {
                await writer.FlushAsync(ct);
            }
        }
    }
}
