namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Lets no page of another site open a circuit: a browser sends cookies with a WebSocket wherever its page is from, and asks no
/// permission first. Every browser says from where, so whoever does not say is no browser.
/// </summary>
internal sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    private static readonly PathString s_circuits = "/_blazor";

    /// <summary>Whether a request is the traffic of a circuit.</summary>
    public static bool IsCircuit(HttpContext context) => context.Request.Path.StartsWithSegments(s_circuits, StringComparison.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsCircuit(context) || IsOwn(context))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // Reading without a socket and without an origin is what browsers do for their own site alone.
    private static bool IsOwn(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        return origin.Count == 0
            ? HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Upgrade.Count == 0
            : origin.Count == 1 && string.Equals(origin[0], $"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
