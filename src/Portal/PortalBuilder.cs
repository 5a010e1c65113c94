using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.OpenApi;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Exports;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Housekeeping;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Vault;
using Dojo.Pci.Tokenization.Velocity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal;

/// <summary>What the host is made of, in the order a reader would ask for it: services first, then the request pipeline.</summary>
internal static class PortalBuilder
{
    private const string SettingsFile = "appsettings.json";

    // Settings count from the start on. Whoever watched their files would be woken by each write to a database below the same directory.
    internal const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// A builder of a host that finds its own files wherever it is started: the content root is the program's folder. What settings
    /// name by a relative path (data, keys) still counts from the working directory.
    /// </summary>
    public static WebApplicationBuilder Create(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, WithoutWatching], ContentRootPath = AppContext.BaseDirectory });

        // A build has no wwwroot beside it, but a manifest that says where the files are. The framework reads it in Development alone;
        // published output has none.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    public static WebApplicationBuilder AddPortal(this WebApplicationBuilder builder)
    {
        LetReadersLeaveThreads();
        AddSettings(builder);
        builder.Services.AddSingleton<ILoggerFactory, ScrubbingLoggerFactory>();
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

        builder.Services.AddSingleton<IOperationScopes, EndpointScopes>();
        builder.Services.AddTokenization();
        builder.Services.AddSingleton<SettingChecks>();
        builder.Services.AddSingleton<StartChecks>();
        builder.Services.AddSingleton<VaultStartup>();
        builder.Services.AddSingleton<OwnerLinks>();
        builder.Services.AddSingleton(services => new PublicAddress(services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicAddress));
        builder.Services.AddSingleton(services => new TrustedProxies(services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies));
        builder.Services.AddSingleton<ServedAddress>();
        builder.Services.AddHostedService<FirstRun>();

        builder.Services.AddMembers();
        builder.Services.AddSingleton<ApiKeyCheck>();
        builder.Services.AddSingleton<UnknownKeys>();
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<WriteAdmission>();
        builder.Services.AddSingleton<ExportSlots>();
        builder.Services.AddScoped<ListExport>();
        builder.Services.AddHealth();
        builder.Services.AddSingleton<ISetupIntentJson, SetupIntentJson>();

        builder.Services.AddPages();
        return builder;
    }

    public static WebApplication UsePortal(this WebApplication app)
    {
        ServerRefusals.Explain(app);
        app.UseMiddleware<ProxyHeadersMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<EntranceMiddleware>();
        app.UseWhen(ApiPaths.IsApi, api => api.UseMiddleware<RequestLogMiddleware>());
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.MapWhen(ApiPaths.IsApi, api => api.UseMiddleware<ApiGateMiddleware>().Run(AnswerAsync));
        app.Use(NothingThereAsync);
        app.UseMiddleware<CircuitOriginMiddleware>();
        app.Use(PageRequest.NoteAsync);
        app.UseAuthentication();
        app.UseMiddleware<CircuitLimitMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<FormMiddleware>();

        // Open to whoever has no session: the API has a gate of its own and ends behind it, the rest is for everybody.
        var open = app.MapGroup("").AllowAnonymous();
        new SetupIntentEndpoints(app.Services.GetRequiredService<ISetupIntentService>()).Map(open);
        new PaymentIntentEndpoints(app.Services.GetRequiredService<IPaymentIntentService>()).Map(open);
        new SandboxClockEndpoint(app.Services.GetRequiredService<ISandboxClock>()).Map(open);
        open.MapHealth();
        open.MapOpenApiDocument();
        app.MapSessions();
        app.MapTokenExport();
        app.MapAuditExport();
        app.MapPages();

        // Made here, while the vault opens on another core, and not by the first request: those of the pages take a while.
        _ = ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count);
        return app;
    }

    // The gate lets nothing through for which there is no endpoint.
    private static Task AnswerAsync(HttpContext context) => context.GetEndpoint()!.RequestDelegate!(context);

    // What does not exist is not forbidden: the authorization below would ask a stranger to sign in for it. For a method that a
    // path does not have, routing brings an endpoint of its own, which says so.
    private static Task NothingThereAsync(HttpContext context, RequestDelegate next)
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } refuse }:
                return refuse(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    // The engine is asked on the threads of the pool: by requests, and by what is written behind, for milliseconds at a time. With a thread for each
    // core these can be all there are, and nobody answers: the pool takes its time to add one. See docs/adr/0014-append-only-commits.md.
    private static void LetReadersLeaveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), completions);
    }

    private static void AddSettings(WebApplicationBuilder builder)
    {
        // The one beside the program counts, and first, so that everything else wins over it: the environment, then the command
        // line. The framework would read it after the variables that begin with ASPNETCORE_.
        foreach (var source in builder.Configuration.Sources.OfType<JsonConfigurationSource>().Where(source => source.Path == SettingsFile).ToList())
        {
            builder.Configuration.Sources.Remove(source);
        }

        var defaults = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, SettingsFile)).Build();
        builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = defaults, ShouldDisposeConfiguration = true });
        if (!ListensElsewhere(builder.Configuration))
        {
            builder.WebHost.UseUrls(ListeningAddresses.Default);
        }

        var portal = builder.Configuration.GetSection(PortalOptions.Section);
        builder.Services.AddOptions<PortalOptions>().Bind(portal)
            .PostConfigure(options => options.TrustedProxies = PortalOptions.ReadList(portal.GetSection(nameof(PortalOptions.TrustedProxies))));
        builder.Services.Configure<SetupIntentOptions>(builder.Configuration.GetSection(SetupIntentOptions.Section));
        builder.Services.Configure<HousekeepingOptions>(builder.Configuration.GetSection(HousekeepingOptions.Section));
        builder.Services.Configure<MemberOptions>(builder.Configuration.GetSection(MemberOptions.Section));
        builder.Services.Configure<LimitOptions>(builder.Configuration.GetSection(LimitOptions.Section));
        builder.Services.Configure<VelocityOptions>(builder.Configuration.GetSection(VelocityOptions.Section));
        builder.Services.Configure<ApiOptions>(builder.Configuration.GetSection(ApiOptions.Section));
        builder.Services.AddOptions<VaultOptions>().Bind(builder.Configuration.GetSection("Vault"))
            .PostConfigure(options => options.KeyDirectory = Path.GetFullPath(options.KeyDirectory));
        builder.Services.AddOptions<StorageOptions>().Bind(builder.Configuration.GetSection("Storage"))
            .PostConfigure<IOptions<PortalOptions>>((options, own) => options.DataDirectory = Path.GetFullPath(own.Value.DataDirectory));
        builder.Services.AddOptions<AcquirerOptions>().Bind(builder.Configuration.GetSection(AcquirerOptions.Section))
            .PostConfigure(options => options.ApiKeyFile = options.ApiKeyFile.Length > 0 ? Path.GetFullPath(options.ApiKeyFile) : "");
    }

    private static bool ListensElsewhere(ConfigurationManager settings) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.Any(key => !string.IsNullOrEmpty(settings[key]))
        || settings.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
