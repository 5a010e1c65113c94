using Microsoft.AspNetCore.Http.Features;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Takes a circuit place for each socket of a page, and answers 429 if there is none. It runs after authentication, because members and strangers
/// have separate places.
/// </summary>
internal sealed class CircuitLimitMiddleware(RequestDelegate next, CircuitSlots places)
{
    private const string Refusal = "Too many pages of this portal are open from here. Close some, and try again.";

    public Task InvokeAsync(HttpContext context)
    {
        if (!CircuitOriginMiddleware.IsCircuit(context))
        {
            return next(context);
        }

        if (IsSocket(context))
        {
            return CarryAsync(context, CircuitOwner.Of(context));
        }

        return !IsNegotiation(context) || places.TryNegotiate(CircuitOwner.Of(context)) ? next(context) : RefuseAsync(context);
    }

    // In HTTP/1.1 a socket is an upgrade, in HTTP/2 an extended CONNECT (RFC 8441).
    private static bool IsSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool IsNegotiation(HttpContext context) => context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "30";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Refusal, context.RequestAborted);
    }

    // The request lasts as long as its socket.
    private async Task CarryAsync(HttpContext context, CircuitOwner owner)
    {
        if (!places.TryEnter(owner))
        {
            await RefuseAsync(context);
            return;
        }

        try
        {
            places.NoteCarrier(owner);
            await next(context);
        }
        finally
        {
            places.Leave(owner);
        }
    }
}
