using System.Collections.Concurrent;
using System.Net;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Lets no page of another site open a circuit: a browser sends cookies with a WebSocket wherever its page is from, and asks no
/// permission first. Every browser says from where, so whoever does not say is no browser. And nobody opens them without end: each
/// costs memory, also for a stranger.
/// </summary>
internal sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    /// <summary>Circuits of one address at once. An office behind one address has more than one person, each with a few pages.</summary>
    public const int MostPerAddress = 100;

    private static readonly PathString s_circuits = "/_blazor";
    private readonly ConcurrentDictionary<IPAddress, int> _open = new();

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

        return context.Request.Headers.Upgrade.Count == 0 ? next(context) : CarryAsync(context);
    }

    // The request lasts as long as its socket.
    private async Task CarryAsync(HttpContext context)
    {
        var address = AddressLimiter.NetworkOf(context.Connection.RemoteIpAddress);
        try
        {
            if (_open.AddOrUpdate(address, 1, (_, count) => count + 1) > MostPerAddress)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            }

            await next(context);
        }
        finally
        {
            var left = _open.AddOrUpdate(address, 0, (_, count) => count - 1);
            if (left == 0)
            {
                _open.TryRemove(KeyValuePair.Create(address, 0));
            }
        }
    }
}
