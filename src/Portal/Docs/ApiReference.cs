using Dojo.Pci.Portal.Security;
using Scalar.AspNetCore;

namespace Dojo.Pci.Portal.Docs;

/// <summary>
/// The API reference, which Scalar renders from the OpenAPI description; requests can be tried with a sandbox key. Its script comes from this
/// service and contacts no other. It writes styles into the page, so it has its own policy; its one inline script has a nonce.
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
