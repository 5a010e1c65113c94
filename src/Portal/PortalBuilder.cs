using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal;

/// <summary>What the host is made of, in the order a reader would ask for it: services first, then the request pipeline.</summary>
internal static class PortalBuilder
{
    public static WebApplicationBuilder AddPortal(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddPages();
        return builder;
    }

    public static WebApplication UsePortal(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapHealthChecks(PortalUrls.HealthLive);
        app.MapPages();
        return app;
    }
}
