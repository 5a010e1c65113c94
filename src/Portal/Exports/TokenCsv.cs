using System.Globalization;
using System.Text;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Tokens as a CSV file: a line for each, written as they come, so that the size of the file costs no memory.</summary>
internal static class TokenCsv
{
    private const string Header = "created_at,token,reference,status,outcome,card_scheme,card,card_expiry,created_by\r\n";
    private const int FlushEvery = 500;

    // With a byte order mark: without one, Excel reads UTF-8 as the code page of the country. Other programs skip it.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<TokenRow> rows, CancellationToken ct)
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

    private static string LineOf(TokenRow row) => CsvText.Line(
        row.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        row.Id,
        row.Reference,
        row.Status.ToString(),
        row.Outcome.ToString(),
        row.Card is { } card ? CardSchemeSpelling.ForPeople(card.Scheme) : "",
        row.Card?.Masked.ToString() ?? "",
        row.Card?.Expiry.ToString() ?? "",
        row.CreatedBy);
}
