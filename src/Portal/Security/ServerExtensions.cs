using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.Errors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Security;

/// <summary>Configures the server and its limits, and the middleware that runs first.</summary>
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

        // Running requests get this long once the service is told to stop. Storing the pending writes afterwards takes less than the rest of
        // the ten seconds that service managers usually wait before they kill a process.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Limits.StopWithin);
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton(services => new PublicAddress(services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicAddress));
        builder.Services.AddSingleton(services => new TrustedProxies(services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies));
    }

    /// <summary>Adds the checks that run before anything else: the client's address, the scheme and the host of a request.</summary>
    public static void UseEntrance(this WebApplication app)
    {
        ServerRefusals.Explain(app);
        app.UseMiddleware<ProxyHeadersMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<EntranceMiddleware>();
    }

    // Requests and background writes call the database engine on pool threads, for milliseconds at a time. With one thread per core they can occupy
    // all threads, and no request is answered, because the pool is slow to add one. See docs/adr/0014-append-only-commits.md.
    private static void LetReadersLeaveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), completions);
    }
}
