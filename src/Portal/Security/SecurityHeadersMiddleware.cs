using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Puts the browser's defences on every response, also on those that an error handler rewrites: they are added when the
/// response starts, so anyone who clears the headers before that does not clear these.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    /// <summary>
    /// What a page may load. Styles as attributes are allowed because MudBlazor positions its pop-ups with them; there is
    /// no other inline code, so a script or style element that got into a page does not run.
    /// </summary>
    internal const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'none'; frame-src 'none'; " +
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>What is not a page loads nothing, should a browser be talked into showing it as one.</summary>
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

    /// <summary>Puts the defences into the headers of a response.</summary>
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

        // Asked of the feature: the request itself would make an anonymous principal only to be asked.
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is { Identity.IsAuthenticated: true })
        {
            // Anyone who comes to this browser afterwards must not find it with the button that goes back.
            context.Response.Headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(HttpResponse response) =>
        response.ContentType is { } type && type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
}
