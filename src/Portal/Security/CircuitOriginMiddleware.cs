namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Keeps pages of other sites from opening a circuit: browsers send cookies with a WebSocket from any site, and without a preflight. Every
/// browser sends the origin with it, so a client that sends none is not a browser.
/// </summary>
internal sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    private static readonly PathString s_circuits = "/_blazor";

    /// <summary>Whether a request is the traffic of a circuit.</summary>
    public static bool IsCircuit(HttpContext context) => context.Request.Path.StartsWithSegments(s_circuits, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request's origin is this portal. <see cref="EntranceMiddleware"/> has already checked that the request's host is ours.</summary>
    public static bool IsOwnOrigin(HttpContext context) => context.Request.Headers.Origin is [{ } origin] && IsOwnOrigin(context.Request, origin);

    /// <summary>Whether an origin, as browsers send it, is that of the request's own scheme and host.</summary>
    public static bool IsOwnOrigin(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sent)
        && Uri.TryCreate($"{request.Scheme}{Uri.SchemeDelimiter}{request.Host.Value}", UriKind.Absolute, out var own)
        && (sent.Scheme, PublicAddress.NameOf(sent.Host), sent.Port) == (own.Scheme, PublicAddress.NameOf(own.Host), own.Port);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsCircuit(context))
        {
            return next(context);
        }

        var isReading = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Upgrade.Count == 0;

        // Browsers omit the origin only when they read from their own site.
        if (!IsOwnOrigin(context) && !(isReading && context.Request.Headers.Origin.Count == 0))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
