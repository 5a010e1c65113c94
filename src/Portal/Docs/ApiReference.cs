using Dojo.Pci.Portal.Security;
using Scalar.AspNetCore;

namespace Dojo.Pci.Portal.Docs;

/// <summary>
/// The reference by Scalar, from the description, with requests that can be tried with a sandbox key. Its script comes from this service, and
/// asks nobody else for anything. It writes styles into the page, so it has a policy of its own; its one inline script has a nonce.
/// </summary>
internal static class ApiReference
{
    private static readonly OwnPagePolicy s_policy = new(static context =>
        $"default-src 'none'; script-src 'self' 'nonce-{context.Items[ScalarOptions.NonceHttpContextItemKey]}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; object-src 'none'");

    public static void MapApiReference(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference(PortalUrls.ApiReference, Configure).AllowAnonymous().WithMetadata(s_policy);

    private static void Configure(ScalarOptions options)
    {
        options.WithTitle("API reference · Dojo PCI Portal")
            .WithNonce()
            .WithOpenApiRoutePattern(PortalUrls.OpenApi)
            .WithFavicon("/mark.svg")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton();
        options.DotNetFlag = false;
    }
}
