using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Diagnostics;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Sees to it that nothing leaves with an error status and no explanation, whatever raised it: a problem body for programs,
/// a page for people who asked for one in a browser.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
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
            // The caller has left; there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
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
                return IsForPeople(context) ? ShowPageAsync(context, StatusCodes.Status503ServiceUnavailable) : Problems.WriteAsync(context, unavailable);
            case DamagedRecordException:
                Log.Damaged(logger, exception);
                return ExplainAsync(context, StatusCodes.Status500InternalServerError);
            default:
                Log.Fault(logger, exception);
                return ExplainAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private async Task ExplainAsync(HttpContext context, int status)
    {
        if (IsForPeople(context))
        {
            await ShowPageAsync(context, status);
        }
        else
        {
            await Problems.WriteAsync(context, status);
        }
    }

    private async Task ShowPageAsync(HttpContext context, int status)
    {
        // The feature tells the pages' renderer that the status is meant, and that a body goes with it.
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPathBase = "", OriginalPath = context.Request.Path });
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = status switch
        {
            StatusCodes.Status404NotFound => PortalUrls.NotFound,
            StatusCodes.Status403Forbidden => PortalUrls.Forbidden,
            _ => PortalUrls.Error,
        };
        context.Response.StatusCode = status;
        await next(context);
    }

    private static bool IsForPeople(HttpContext context) => !ApiPaths.IsApi(context) && AsksForPage(context.Request);

    private static bool AsksForPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/html" && accept.Quality is not 0);

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "A request failed through a fault of this service.")]
        public static partial void Fault(ILogger logger, Exception exception);

        [LoggerMessage(1401, LogLevel.Error, "A request was refused because what is stored is not what the service stored: run database check.")]
        public static partial void Damaged(ILogger logger, Exception exception);

        [LoggerMessage(1002, LogLevel.Warning, "A request was refused because the store cannot take it now.")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
