using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Sandbox;

internal static class SandboxServiceCollectionExtensions
{
    /// <summary>Adds throwaway sandboxes, the members' operations on a sandbox, and the job that maintains sandboxes.</summary>
    public static void AddSandbox(this IServiceCollection services)
    {
        services.TryAddSingleton<Sandboxes>();
        services.TryAddSingleton<ISandboxes>(provider => provider.GetRequiredService<Sandboxes>());
        services.TryAddSingleton<ISandboxControls, SandboxControls>();
        services.TryAddSingleton<SandboxUpkeep>();
        services.AddHostedService<BackgroundJobLoop<SandboxUpkeep>>();
    }
}
