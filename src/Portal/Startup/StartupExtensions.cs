using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Registers the work that is done before the server listens, and at the first start.</summary>
internal static class StartupExtensions
{
    public static void AddStartup(this IServiceCollection services)
    {
        services.AddSingleton<SettingChecks>();
        services.AddSingleton(services => new StartChecks(
            services.GetRequiredService<IConfiguration>(),
            services.GetRequiredService<IHostEnvironment>(),
            Options.Create(services.ReadUnvalidated<PortalOptions>()),
            Options.Create(services.ReadUnvalidated<VaultOptions>()),
            Options.Create(services.ReadUnvalidated<StorageOptions>()),
            Options.Create(services.ReadUnvalidated<AcquirerOptions>()),
            Options.Create(services.ReadUnvalidated<WebhookOptions>()),
            Options.Create(services.ReadUnvalidated<TelemetryOptions>()),
            Options.Create(services.ReadUnvalidated<SingleSignOnOptions>())));
        services.AddSingleton<VaultStartup>();
        services.AddSingleton<OwnerLinks>();
        services.AddSingleton<ServedAddress>();
        services.AddHostedService<FirstRun>();
    }

    /// <summary>Builds the endpoints now, while the vault opens on another core, not at the first request: those of the pages take a while.</summary>
    public static void MakeEndpoints(this WebApplication app) => _ = ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count);
}
