using System.Globalization;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Diagnostics;

namespace Dojo.Pci.Portal.Api.Errors;

/// <summary>
/// Gives every response with an error status an explanation, whatever raised it: a problem body for programs, a page for people who
/// asked for one in a browser.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, IServiceScopeFactory scopes, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await ExplainAsync(context, context.Response.StatusCode);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has closed the connection.
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            // Part of the response has been sent. Cutting the connection keeps the client from taking it for complete.
            Log.FaultMidway(logger, exception);
            context.Abort();
        }
        catch (Exception exception)
        {
            await ExplainAsync(context, exception);
        }
    }

    private Task ExplainAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return ExplainAsync(context, bad.StatusCode);
            case UnavailableException unavailable:
                Log.Unavailable(logger, exception);
                return Audience.IsPerson(context) ? ShowBusyAsync(context, unavailable) : Problems.WriteAsync(context, unavailable);
            case DamagedRecordException:
                Log.Damaged(logger, exception);
                return ExplainAsync(context, StatusCodes.Status500InternalServerError);
            default:
                Log.Fault(logger, exception);
                return ExplainAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private Task ExplainAsync(HttpContext context, int status)
    {
        var isStale = StaleForm.IsOf(context);
        if (!Audience.IsPerson(context))
        {
            return Problems.WriteAsync(context, status, isStale ? "This form is out of date. Load the page again, and submit the new form." : null);
        }

        return isStale ? ShowAgainAsync(context) : ShowAsync(context, status);
    }

    private Task ShowBusyAsync(HttpContext context, UnavailableException unavailable)
    {
        // Discards cookies and redirects that the failed request has set.
        context.Response.Clear();
        context.Response.Headers.RetryAfter = Math.Ceiling(unavailable.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ShowAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private Task ShowAsync(HttpContext context, int status) => TryShowAsync(context, status, status switch
    {
        StatusCodes.Status404NotFound => PortalUrls.NotFound,
        StatusCodes.Status403Forbidden => PortalUrls.Forbidden,
        _ => PortalUrls.Error,
    });

    // Shows the page whose form was refused, with a fresh form. If that path has no page, or its page only redirects, shows the page
    // that says so instead.
    private async Task ShowAgainAsync(HttpContext context)
    {
        await TryShowAsync(context, StatusCodes.Status400BadRequest, context.Request.Path);
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await TryShowAsync(context, StatusCodes.Status400BadRequest, PortalUrls.FormExpired);
        }
    }

    // Falls back to a plain page if the error page fails too, for instance because of the store or the layout.
    private async Task TryShowAsync(HttpContext context, int status, PathString page)
    {
        try
        {
            await ShowAsync(context, status, page);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Fault(logger, exception);
            await PlainPage.WriteAsync(context, status, "Something went wrong", $"The portal could not finish this. Try again in a moment; an operator can find it in the log by {TraceIds.Current()}.");
        }
    }

    private async Task ShowAsync(HttpContext context, int status, PathString page)
    {
        // The feature tells the page renderer that the status is intended and needs a body.
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPathBase = "", OriginalPath = context.Request.Path });
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = page;
        context.Response.StatusCode = status;

        // A scope's renderer renders one page, and cannot be used after a fault.
        var former = context.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestServices = former;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "A request failed because of a fault in this service.")]
        public static partial void Fault(ILogger logger, Exception exception);

        [LoggerMessage(1401, LogLevel.Error, "A request was refused because what is stored is not what the service stored: run database check.")]
        public static partial void Damaged(ILogger logger, Exception exception);

        [LoggerMessage(1002, LogLevel.Warning, "A request was refused because the store cannot take it now.")]
        public static partial void Unavailable(ILogger logger, Exception exception);

        [LoggerMessage(4102, LogLevel.Error, "A request failed because of a fault in this service while it was being answered. The connection was closed.")]
        public static partial void FaultMidway(ILogger logger, Exception exception);
    }
}
