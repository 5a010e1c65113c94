namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Lets no page of another site open a circuit: a browser sends cookies with a WebSocket wherever its page is from, and asks no
/// permission first. Every browser says from where, so a client that does not say is no browser.
/// </summary>
internal sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    private static readonly PathString s_circuits = "/_blazor";

    /// <summary>Whether a request is the traffic of a circuit.</summary>
    public static bool IsCircuit(HttpContext context) => context.Request.Path.StartsWithSegments(s_circuits, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a request says that it comes from a page of this portal. Its host is ours: <see cref="EntranceMiddleware"/> has seen to that.</summary>
    public static bool IsOwnOrigin(HttpContext context) => context.Request.Headers.Origin is [{ } origin] && IsOwnOrigin(context.Request, origin);

    /// <summary>Whether an origin, as browsers send it, is that of the pages that a request is for.</summary>
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

        // Reading without an origin is what browsers do for their own site alone.
        if (!IsOwnOrigin(context) && !(isReading && context.Request.Headers.Origin.Count == 0))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
