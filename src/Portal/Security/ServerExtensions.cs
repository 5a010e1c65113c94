using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.Errors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Security;

/// <summary>The server, its bounds, and what a request meets first.</summary>
internal static class ServerExtensions
{
    public static void AddServer(this WebApplicationBuilder builder)
    {
        LetReadersLeaveThreads();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytesOnTheWire;
            kestrel.Limits.MaxRequestHeaderCount = Limits.HeaderCountBeforeDisconnect;
            kestrel.Limits.RequestHeadersTimeout = Limits.HeadWithin;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(Limits.BodyBytesPerSecond, Limits.SlowBodyGrace);
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                endpoint.Use(next =>
                {
                    var limit = endpoint.ApplicationServices.GetRequiredService<ConnectionLimit>();
                    return connection => limit.ServeAsync(connection, next);
                });
                endpoint.Use(WatchedConnection.Watch);
            });
            kestrel.ConfigureHttpsDefaults(TlsSuites.Apply);
        });

        // Requests under way get this long to be answered once the service is told to stop; what follows, storing what waits, takes
        // less than the rest of the ten seconds that service managers usually wait before they kill.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Limits.StopWithin);
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton(services => new PublicAddress(services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicAddress));
        builder.Services.AddSingleton(services => new TrustedProxies(services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies));
    }

    /// <summary>Before anything else: who is asking, over what, and for which host.</summary>
    public static void UseEntrance(this WebApplication app)
    {
        ServerRefusals.Explain(app);
        app.UseMiddleware<ProxyHeadersMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<EntranceMiddleware>();
    }

    // The engine is asked on the threads of the pool: by requests, and by what is written behind, for milliseconds at a time. With a thread for each
    // core these can be all there are, and nobody answers: the pool takes its time to add one. See docs/adr/0014-append-only-commits.md.
    private static void LetReadersLeaveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), completions);
    }
}
