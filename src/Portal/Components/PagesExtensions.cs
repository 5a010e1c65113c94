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

/// <summary>Registers the services of the pages and maps their endpoints.</summary>
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

    // By default the framework retains the state of disconnected circuits for hours (PCI DSS 8.2.8). Our pages are restored from their address instead.
    private static void KeepNothing(CircuitOptions options)
    {
        options.PersistedCircuitInMemoryMaxRetained = 0;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
    }

    // js/reconnect.js treats the server as gone after ten seconds without a sign of life.
    private static void GiveSignsOfLife(HubOptions options) => options.KeepAliveInterval = TimeSpan.FromSeconds(4);

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();

        // SecurityHeadersMiddleware sets the framing policy; the framework would add a second, weaker one.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(Restrict);
    }

    // The framework accepts POST on every page, for forms. Only plain pages have forms, and of the documentation only the pages with an example to send.
    // The framework does not accept HEAD, so it is added. An endpoint that is not a page serves circuits, which public pages need too.
    private static void Restrict(EndpointBuilder endpoint)
    {
        foreach (var connection in endpoint.Metadata.OfType<HttpConnectionDispatcherOptions>())
        {
            // The other transports would carry a circuit over short requests, which are not counted.
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
