using System.Diagnostics;
using Dojo.Pci.Portal.Api.RequestLogs;

namespace Dojo.Pci.Portal.Telemetry;

/// <summary>
/// Describes the operation on the span of a request by its route, which holds nothing that the caller wrote into the address. Health probes are not
/// sent.
/// </summary>
internal sealed class ServerSpanMiddleware(RequestDelegate next)
{
    /// <summary>The tag with the method: one that HTTP defines, or <see cref="RequestMethods.Other"/>.</summary>
    public const string Method = "http.request.method";

    /// <summary>The tag with the route, such as <c>/setup-intents/{id}</c>.</summary>
    public const string Route = "http.route";

    /// <summary>The tag with the status of the response.</summary>
    public const string Status = "http.response.status_code";

    public async Task InvokeAsync(HttpContext context)
    {
        // The server has already started the span.
        if (Activity.Current is not { Recorded: true } span)
        {
            await next(context);
            return;
        }

        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var method = RequestMethods.Known(context.Request.Method);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag(Method, method).SetTag(Route, route).SetTag(Status, context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
