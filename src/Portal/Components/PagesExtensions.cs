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
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
