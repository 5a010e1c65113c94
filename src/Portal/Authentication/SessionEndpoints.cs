using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Antiforgery;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>The endpoints with which a page reports input, reads its session's state and signs out.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        // js/session.js calls this after real input: a key, a click, a touch. A page's own traffic does not keep a session alive.
        app.MapPost(PortalUrls.SessionInput, RecordInputAsync).AllowAnonymous();
        app.MapMethods(PortalUrls.Session, [HttpMethods.Get, HttpMethods.Head], TellAsync).AllowAnonymous();
        app.MapPost(PortalUrls.SignOut, SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> RecordInputAsync(HttpContext context, ICurrentMember current, ISessionStore sessions, TimeProvider clock)
    {
        // A page of a neighbouring host must not keep an unused session alive; its requests carry the cookie.
        if (!CircuitOriginMiddleware.IsOwnOrigin(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (await current.FindAsync() is not { } member)
        {
            return Results.Unauthorized();
        }

        await sessions.RecordInputAsync(member.Session, clock.GetUtcNow());
        return Results.NoContent();
    }

    private static async Task<IResult> TellAsync(HttpContext context, MemberSessions sessions)
    {
        context.Response.Headers.CacheControl = "no-store";
        return MemberPrincipal.SecretOf(context.User) is { } secret && await sessions.TimeLeftAsync(secret, context.RequestAborted) is { } left
            ? Results.Json(new SessionAnswer((int)left.Left.TotalSeconds, (int)sessions.WarnBefore.TotalSeconds, left.CanBeExtended), SessionJson.Default.SessionAnswer)
            : Results.Unauthorized();
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, ICurrentMember current, ISessionStore sessions, IProviderIdentityStore identities, TimeProvider clock)
    {
        var wasProvided = false;

        // A member without a session is already signed out, whatever the request contains.
        if (await current.FindAsync() is { } member)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                StaleForm.Refuse(context);
                return Results.Empty;
            }

            wasProvided = await identities.IsGrantedAsync(member.Session, context.RequestAborted);
            var now = clock.GetUtcNow();
            await sessions.EndAsync(member.Id, member.Session, now, member.Entry(now, AuditAction.SignedOut, member.Actor));
        }

        PortalCookies.Clear(context, PortalCookies.Session);
        if (wasProvided)
        {
            // The content security policy lets a form lead only to our own addresses; a page's refresh is not restricted.
            context.Response.Headers["Refresh"] = $"0; url={PortalUrls.SingleSignOnEnd}";
            return Results.Content("<!DOCTYPE html><title>Dojo PCI Portal</title>", "text/html; charset=utf-8");
        }

        return Results.LocalRedirect($"~{PortalUrls.SignedOut}");
    }
}
