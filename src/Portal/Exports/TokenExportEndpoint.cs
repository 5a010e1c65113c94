using System.Globalization;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Http.Extensions;
using Operation = Dojo.Pci.Tokenization.Members.Operation;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// The list of tokens as a file, with the filters of the page's address. Plain HTTP: a circuit is not for streams of any length.
/// </summary>
internal static class TokenExportEndpoint
{
    public static void MapTokenExport(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(PortalUrls.TokenExport, [HttpMethods.Get, HttpMethods.Head], ExportAsync).RequireAuthorization(nameof(Operation.ExportTokens));

    internal static async Task ExportAsync(
        HttpContext context, ICurrentMember current, IAccountStore accounts, ITokenExporter exporter, ExportSlots slots, IMemberClock clock)
    {
        if (await current.FindAsync() is not { } who)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var slot = slots.TryTake(who.Id, who.Account);
        if (slot is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await context.Response.WriteAsync($"As many exports are running as may: {ExportSlots.PerMember} of yours, or {ExportSlots.Places} of all. Wait until one of them is done.", context.RequestAborted);
            return;
        }

        var ct = context.RequestAborted;
        var place = Workplace.Of(await accounts.ListLocationsAsync(who.Account, ct), context.Request.GetDisplayUrl());
        var (query, misread) = TokenQuery.Read(context.Request.Query);
        if (place.Fault is not null || misread.Count > 0)
        {
            // Without a filter the file would hold more than was asked for, and nobody would see.
            await Problems.WriteAsync(context, new Refusal.Invalid([.. place.Fault is { } fault ? [new FieldError("Query", fault)] : Array.Empty<FieldError>(), .. misread]));
            return;
        }

        var zone = await clock.GetAsync();
        if (HttpMethods.IsHead(context.Request.Method))
        {
            Describe(context.Response, place, zone.DayOf(clock.Now));
            return;
        }

        var exported = await exporter.ExportAsync(who, place.Tenant, query.ToSearch(zone), current.FindAsync, ct);
        if (!exported.IsSuccess)
        {
            await Problems.WriteAsync(context, exported.Refusal);
            return;
        }

        Describe(context.Response, place, zone.DayOf(clock.Now));
        try
        {
            await TokenCsv.WriteAsync(context.Response.Body, exported.Value.Rows, ct);
        }
        catch (ExportStoppedException)
        {
            context.Abort(); // A file that merely ended would look whole.
        }
    }

    private static void Describe(HttpResponse response, Workplace place, DateOnly today)
    {
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"tokens-{place.Location.Slug}-{place.EnvironmentWord}-{day}.csv\"";
    }
}
