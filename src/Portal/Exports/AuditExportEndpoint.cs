using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Pages.Audit;
using Dojo.Pci.Tokenization.Audit;
using Operation = Dojo.Pci.Tokenization.Access.Operation;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Serves the audit trail as a file: CSV for people, JSON Lines for programs.</summary>
internal static class AuditExportEndpoint
{
    private static readonly ListExport.Format<RecordedAuditEntry> s_csv = new("text/csv; charset=utf-8", "csv", AuditCsv.WriteAsync);
    private static readonly ListExport.Format<RecordedAuditEntry> s_jsonLines = new("application/jsonl; charset=utf-8", "jsonl", AuditJsonLines.WriteAsync);

    public static void MapAuditExport(this IEndpointRouteBuilder routes)
    {
        Map(PortalUrls.AuditTrailExportCsv, s_csv);
        Map(PortalUrls.AuditTrailExportJsonLines, s_jsonLines);

        void Map(string path, ListExport.Format<RecordedAuditEntry> format) => routes
            .MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, ListExport export, ICurrentMember current, IAuditTrail trail) => ExportAsync(context, export, current, trail, format))
            .RequireAuthorization(nameof(Operation.ViewActivity));
    }

    private static Task ExportAsync(HttpContext context, ListExport export, ICurrentMember current, IAuditTrail trail, ListExport.Format<RecordedAuditEntry> format)
    {
        var (query, misread) = AuditQuery.Read(context.Request.Query);
        return export.SendAsync(
            context,
            misread,
            _ => "activity",
            format,
            asked => trail.ExportAsync(asked.Who, query.ToFilter(asked.Zone), current.FindAsync, context.RequestAborted));
    }
}
