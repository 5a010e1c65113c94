using System.Globalization;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Pages.Trail;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Trail;
using Microsoft.AspNetCore.Http.Extensions;
using Operation = Dojo.Pci.Tokenization.Members.Operation;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// The audit trail as a file, with the filters of the page's address. An address that says something unknown is refused: a file with more
/// than was asked for would pass for what was asked for.
/// </summary>
internal static class AuditExportEndpoint
{
    public static void MapAuditExport(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PortalUrls.ActivityExportCsv, Export("text/csv; charset=utf-8", "csv", AuditCsv.WriteAsync)).RequireAuthorization(nameof(Operation.ViewActivity));
        routes.MapGet(PortalUrls.ActivityExportJsonLines, Export("application/jsonl; charset=utf-8", "jsonl", AuditJsonLines.WriteAsync)).RequireAuthorization(nameof(Operation.ViewActivity));
    }

    private delegate Task WriteRows(Stream to, IAsyncEnumerable<RecordedAuditEntry> rows, CancellationToken ct);

    private static Func<HttpContext, ICurrentMember, IAccountStore, IAuditTrail, ExportSlots, IMemberClock, Task> Export(string contentType, string extension, WriteRows write) =>
        (context, current, accounts, trail, slots, clock) => ExportAsync(context, current, accounts, trail, slots, clock, contentType, extension, write);

    private static async Task ExportAsync(
        HttpContext context, ICurrentMember current, IAccountStore accounts, IAuditTrail trail, ExportSlots slots, IMemberClock clock, string contentType, string extension, WriteRows write)
    {
        if (await current.FindAsync() is not { } who)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var place = Workplace.Of(await accounts.ListLocationsAsync(who.Account, context.RequestAborted), context.Request.GetDisplayUrl());
        var (query, misread) = TrailQuery.Read(context.Request.Query);
        if (place.Fault is not null || misread.Count > 0)
        {
            await Problems.WriteAsync(context, new Refusal.Invalid([.. place.Fault is { } fault ? [new FieldError("Query", fault)] : Array.Empty<FieldError>(), .. misread]));
            return;
        }

        using var slot = slots.TryTake(who.Id, who.Account);
        if (slot is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await context.Response.WriteAsync($"As many exports are running as may: {ExportSlots.PerMember} of yours, or {ExportSlots.Places} of all. Wait until one of them is done.", context.RequestAborted);
            return;
        }

        var zone = await clock.GetAsync();
        var exported = await trail.ExportAsync(who, query.ToFilter(zone), current.FindAsync, context.RequestAborted);
        if (!exported.IsSuccess)
        {
            await Problems.WriteAsync(context, exported.Refusal);
            return;
        }

        var day = zone.DayOf(clock.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"activity-{day}.{extension}\"";
        try
        {
            await write(context.Response.Body, exported.Value.Entries, context.RequestAborted);
        }
        catch (TrailExportStoppedException)
        {
            context.Abort(); // A file that merely ended would look whole.
        }
    }
}
