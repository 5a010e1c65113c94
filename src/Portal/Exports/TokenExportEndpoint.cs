using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Tokenization.Tokens;
using Operation = Dojo.Pci.Tokenization.Access.Operation;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Serves the list of tokens as a file.</summary>
internal static class TokenExportEndpoint
{
    private static readonly ListExport.Format<TokenRow> s_csv = new("text/csv; charset=utf-8", "csv", TokenCsv.WriteAsync);

    public static void MapTokenExport(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(PortalUrls.TokenExport, [HttpMethods.Get, HttpMethods.Head], ExportAsync).RequireAuthorization(nameof(Operation.ExportTokens));

    internal static Task ExportAsync(HttpContext context, ListExport export, ICurrentMember current, ITokenExporter exporter)
    {
        var (query, misread) = TokenQuery.Read(context.Request.Query);
        return export.SendAsync(
            context,
            misread,
            selected => $"tokens-{selected.Location.Slug}-{selected.EnvironmentWord}",
            s_csv,
            asked => exporter.ExportAsync(asked.Who, asked.Selected.Tenant, query.ToSearch(asked.Zone), current.FindAsync, context.RequestAborted));
    }
}
