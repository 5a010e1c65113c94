using System.Globalization;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Http.Extensions;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// Sends the list of a page as a file, with the filters of the page's address. It refuses unknown parameters: a file with more than was
/// requested could be taken for the requested one. It uses plain HTTP, because a circuit is not suited to streams of any length.
/// </summary>
internal sealed class ListExport(ICurrentMember current, IAccountStore accounts, ExportSlots slots, IMemberClock clock)
{
    /// <summary>A file format.</summary>
    /// <param name="ContentType">The media type.</param>
    /// <param name="Extension">The extension of the file's name, without the dot.</param>
    /// <param name="WriteAsync">Writes rows as they arrive.</param>
    public sealed record Format<TRow>(string ContentType, string Extension, Func<Stream, IAsyncEnumerable<TRow>, CancellationToken, Task> WriteAsync);

    /// <summary>The parameters of an export.</summary>
    /// <param name="Who">The member.</param>
    /// <param name="Selected">The location and environment in the address.</param>
    /// <param name="Zone">The member's time zone.</param>
    public sealed record Asked(SignedInMember Who, SelectedTenant Selected, ZonedTime Zone);

    /// <summary>Answers with an export, or with 400, 401, 403, 404 or 429. HEAD gets only the headers, and is not recorded as an export.</summary>
    /// <param name="context">The request.</param>
    /// <param name="misread">The faults of query parameters that cannot be applied.</param>
    /// <param name="nameOf">Returns the first part of the file's name.</param>
    /// <param name="format">The file format.</param>
    /// <param name="export">Begins the export.</param>
    public async Task SendAsync<TRow>(
        HttpContext context, IReadOnlyList<FieldError> misread, Func<SelectedTenant, string> nameOf, Format<TRow> format, Func<Asked, Task<Result<ExportedRows<TRow>>>> export)
    {
        if (await current.FindAsync() is not { } who)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var selected = SelectedTenant.Of(await accounts.ListLocationsAsync(who.Account, context.RequestAborted), context.Request.GetDisplayUrl());
        if (selected.Fault is not null || misread.Count > 0)
        {
            await Problems.WriteAsync(context, new Refusal.Invalid([.. selected.Fault is { } fault ? [new FieldError("Query", fault)] : Array.Empty<FieldError>(), .. misread]));
            return;
        }

        var zone = await clock.GetAsync();
        if (HttpMethods.IsHead(context.Request.Method))
        {
            Describe();
            return;
        }

        using var slot = slots.TryTake(who.Id, who.Account);
        if (slot is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await context.Response.WriteAsync($"Too many exports are running: at most {ExportSlots.PerMember} of yours, and {ExportSlots.Places} in all, can run at a time. Wait until one of them is done.", context.RequestAborted);
            return;
        }

        var exported = await export(new Asked(who, selected, zone));
        if (!exported.IsSuccess)
        {
            await Problems.WriteAsync(context, exported.Refusal);
            return;
        }

        Describe();
        try
        {
            await format.WriteAsync(context.Response.Body, exported.Value.Rows, context.RequestAborted);
        }
        catch (ExportStoppedException)
        {
            context.Abort(); // A file that ended normally would look complete.
        }

        void Describe()
        {
            var day = zone.DayOf(clock.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            context.Response.ContentType = format.ContentType;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{nameOf(selected)}-{day}.{format.Extension}\"";
        }
    }
}
