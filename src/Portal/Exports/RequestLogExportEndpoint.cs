using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Pages.Logs;
using Dojo.Pci.Tokenization.RequestExplorer;
using Operation = Dojo.Pci.Tokenization.Access.Operation;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Serves the request log as a file: CSV for people, JSON Lines for programs.</summary>
internal static class RequestLogExportEndpoint
{
    private static readonly ListExport.Format<RequestRow> s_csv = new("text/csv; charset=utf-8", "csv", RequestLogCsv.WriteAsync);
    private static readonly ListExport.Format<RequestRow> s_jsonLines = new("application/jsonl; charset=utf-8", "jsonl", RequestLogJsonLines.WriteAsync);

    public static void MapRequestLogExport(this IEndpointRouteBuilder routes)
    {
        Map(PortalUrls.LogExportCsv, s_csv);
        Map(PortalUrls.LogExportJsonLines, s_jsonLines);

        void Map(string path, ListExport.Format<RequestRow> format) => routes
            .MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, ListExport export, ICurrentMember current, IRequestLogExporter exporter, TimeProvider clock) =>
                ExportAsync(context, export, current, exporter, clock, format))
            .RequireAuthorization(nameof(Operation.ViewRequestLogs));
    }

    private static Task ExportAsync(HttpContext context, ListExport export, ICurrentMember current, IRequestLogExporter exporter, TimeProvider clock, ListExport.Format<RequestRow> format)
    {
        var (query, misread) = LogQuery.Read(context.Request.Query);
        return export.SendAsync(
            context,
            misread,
            selected => $"requests-{selected.Location.Slug}-{selected.EnvironmentWord}",
            format,
            asked => exporter.ExportAsync(asked.Who, asked.Selected.Tenant, query.ToSearch(clock.GetUtcNow()).Search, current.FindAsync, context.RequestAborted));
    }
}
