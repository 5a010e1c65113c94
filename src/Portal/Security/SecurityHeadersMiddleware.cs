using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Adds the security headers to every response, including those that an error handler rewrites: they are added when the response starts,
/// so code that clears the headers before does not clear these.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    /// <summary>
    /// The policy of pages. Style attributes are allowed because MudBlazor positions its pop-ups with them. No other inline code is allowed,
    /// so a script or style element that is injected into a page has no effect.
    /// </summary>
    internal const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'none'; frame-src 'none'; " +
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>The policy of all other responses: they load nothing, even if a browser is tricked into showing one as a page.</summary>
    internal const string DataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal const string PermissionsPolicy =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), " +
        "payment=(), usb=(), browsing-topics=(), clipboard-read=(), clipboard-write=(self)";

    internal const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Apply((HttpContext)state), context);
        return next(context);
    }

    /// <summary>Adds the security headers to a response.</summary>
    public static void Apply(IHeaderDictionary headers, bool isPage, bool isHttps)
    {
        headers.ContentSecurityPolicy = isPage ? PagePolicy : DataPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (isHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }
    }

    private static Task Apply(HttpContext context)
    {
        var isPage = IsPage(context.Response);
        Apply(context.Response.Headers, isPage, context.Request.IsHttps);
        if (isPage && context.GetEndpoint()?.Metadata.GetMetadata<OwnPagePolicy>() is { } own)
        {
            context.Response.Headers.ContentSecurityPolicy = own.Of(context);
        }

        // Reads the feature, because HttpContext.User would create an anonymous principal just for this check.
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is { Identity.IsAuthenticated: true })
        {
            // The next person at this browser must not find the page with the back button.
            context.Response.Headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(HttpResponse response) =>
        response.ContentType is { } type && type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
}
