using Microsoft.AspNetCore.Components.Endpoints;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Dojo.Pci.Portal.Docs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Dojo.Pci.Portal.Components;

/// <summary>The door to the pages: what they need, and where they are.</summary>
internal static class PagesExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, JsonOnRequestPolicy>());
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapTestCards();

        // Framing is SecurityHeadersMiddleware's business; the framework would add a second, weaker policy beside it.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(AllowReadingOnly);
    }

    // The framework lets pages be posted to, for forms; there are none. It does not let them be asked for without their body.
    private static void AllowReadingOnly(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }
    }
}
