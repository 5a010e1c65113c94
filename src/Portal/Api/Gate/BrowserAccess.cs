using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Lets pages of other origins call the endpoints that need no secret key (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): the public
/// operations, the OpenAPI description and health. No other endpoint is open, because a page that calls it would hold a secret key in the browser.
/// </summary>
internal static class BrowserAccess
{
    private const string Policy = "browsers";

    // The longest lifetime that Chromium accepts.
    private static readonly TimeSpan s_preflightLifetime = TimeSpan.FromHours(2);

    // The response headers that a script may read; without this list it sees little more than Content-Type.
    private static readonly string[] s_readable = [ApiVersion.Header, "Allow", "ETag", "Link", "Retry-After", "WWW-Authenticate"];

    public static void AddBrowserAccess(this IServiceCollection services) => services.AddCors(cors => cors.AddPolicy(
        Policy,
        // Any origin is allowed, and therefore no credentials: browsers send no cookies, and none of these operations reads one.
        policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(s_readable).SetPreflightMaxAge(s_preflightLifetime)));

    /// <summary>Answers preflights and adds the CORS headers, only for endpoints that are open to browsers. Belongs between routing and the gate.</summary>
    public static void UseBrowserAccess(this IApplicationBuilder app) => app.UseWhen(
        // The framework's middleware would resolve services for every request, even for those that it does not handle.
        context => context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is not null,
        open => open.UseCors());

    /// <summary>Opens an endpoint to pages of any origin. The endpoint must not need a secret key or read cookies.</summary>
    public static TBuilder OpenToBrowsers<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireCors(Policy);
}
