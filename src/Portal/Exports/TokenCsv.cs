using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Writes tokens as a CSV file: a line for each token.</summary>
internal static class TokenCsv
{
    public static Task WriteAsync(Stream to, IAsyncEnumerable<TokenRow> rows, CancellationToken ct) =>
        CsvFile.WriteAsync(to, "created_at,token,reference,status,outcome,card_scheme,card,card_expiry,created_by", rows, FieldsOf, ct);

    private static IEnumerable<string> FieldsOf(TokenRow row) =>
    [
        IsoInstant.Of(row.CreatedAt),
        row.Id,
        row.Reference,
        row.Status.ToString(),
        row.Outcome.ToString(),
        row.Card is { } card ? CardSchemeSpelling.ForPeople(card.Scheme) : "",
        row.Card?.Masked.ToString() ?? "",
        row.Card?.Expiry.ToString() ?? "",
        row.CreatedBy,
    ];
}
