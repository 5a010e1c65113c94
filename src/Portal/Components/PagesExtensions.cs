using Dojo.Pci.Portal.Components.Pages.Docs;
using Dojo.Pci.Portal.Components.Pages.Landing;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace Dojo.Pci.Portal.Components;

/// <summary>The door to the pages: what they need, and where they are.</summary>
internal static class PagesExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(KeepNothing).AddHubOptions(GiveSignsOfLife);
        services.AddSingleton<CircuitSlots>();
        services.AddScoped(provider => provider.GetRequiredService<CircuitSlots>().Follow());
        services.AddOptions<CircuitOptions>().Configure<IOptions<LimitOptions>>((circuits, limits) => circuits.DisconnectedCircuitMaxRetained = CircuitSlots.MostOf(limits.Value));
        services.AddMudServices();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthWatch>();
        services.AddScoped<IMemberClock, MemberClock>();
        services.AddScoped<NoticeSignal>();
        services.AddScoped<UndoToasts>();
        return services;
    }

    // The framework keeps for hours what the circuits of those showed who were away (PCI DSS 8.2.8). Pages of ours come back by
    // their address.
    private static void KeepNothing(CircuitOptions options)
    {
        options.PersistedCircuitInMemoryMaxRetained = 0;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
    }

    // A browser takes a server for gone that gives no sign of life for ten seconds: js/reconnect.js.
    private static void GiveSignsOfLife(HubOptions options) => options.KeepAliveInterval = TimeSpan.FromSeconds(4);

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();

        // Framing is SecurityHeadersMiddleware's business; the framework would add a second, weaker policy beside it.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(Restrict);
    }

    // The framework lets every page be posted to, for forms; only plain pages have any, and of those of the documentation the ones whose example is sent. It does not let
    // them be asked for without their body. What is no page is the way to circuits, which pages for strangers need too.
    private static void Restrict(EndpointBuilder endpoint)
    {
        foreach (var connection in endpoint.Metadata.OfType<HttpConnectionDispatcherOptions>())
        {
            // The other ways would carry a circuit by requests that come and go, which nobody counts.
            connection.Transports = HttpTransportType.WebSockets;
        }

        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is not { } page)
        {
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
            return;
        }

        var hasForms = page.Type.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute), inherit: false) 
            && (!page.Type.IsSubclassOf(typeof(DocsComponent)) || page.Type == typeof(ErrorCodePage));
        endpoint.Metadata.Add(new HttpMethodMetadata(hasForms ? [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post] : [HttpMethods.Get, HttpMethods.Head]));
    }
}
