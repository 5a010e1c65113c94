namespace Dojo.Pci.Portal.Startup;

/// <summary>What happens before the server listens, and at the first start.</summary>
internal static class StartupExtensions
{
    public static void AddStartup(this IServiceCollection services)
    {
        services.AddSingleton<SettingChecks>();
        services.AddSingleton<StartChecks>();
        services.AddSingleton<VaultStartup>();
        services.AddSingleton<OwnerLinks>();
        services.AddSingleton<ServedAddress>();
        services.AddHostedService<FirstRun>();
    }

    /// <summary>Makes the endpoints now, while the vault opens on another core, and not at the first request: those of the pages take a while.</summary>
    public static void MakeEndpoints(this WebApplication app) => _ = ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count);
}
