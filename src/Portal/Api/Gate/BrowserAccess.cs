using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Lets pages of other origins call what needs no secret key (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): the public operations, the
/// description, health. Nothing else is open: a page that calls it would have a secret key in the browser.
/// </summary>
internal static class BrowserAccess
{
    private const string Policy = "browsers";

    // What Chromium keeps at most.
    private static readonly TimeSpan s_preflightLifetime = TimeSpan.FromHours(2);

    // What a script needs of an answer beyond its body; without this list it sees little more than Content-Type.
    private static readonly string[] s_readable = [ApiVersion.Header, "Allow", "ETag", "Link", "Retry-After", "WWW-Authenticate"];

    public static void AddBrowserAccess(this IServiceCollection services) => services.AddCors(cors => cors.AddPolicy(
        Policy,
        // Any origin, and therefore no credentials: a browser sends no cookie along, and none of these operations reads one.
        policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(s_readable).SetPreflightMaxAge(s_preflightLifetime)));

    /// <summary>Answers preflights, and marks answers as readable, for endpoints that are open to browsers alone. Has its place between routing and the gate.</summary>
    public static void UseBrowserAccess(this IApplicationBuilder app) => app.UseWhen(
        // The framework's middleware asks for services of each request, and would for those that it does nothing to.
        context => context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is not null,
        open => open.UseCors());

    /// <summary>Opens an endpoint to pages of any origin. It must not ask for a secret key, nor look at cookies.</summary>
    public static TBuilder OpenToBrowsers<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireCors(Policy);
}
