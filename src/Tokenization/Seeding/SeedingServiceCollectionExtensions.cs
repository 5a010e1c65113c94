using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Seeding;

internal static class SeedingServiceCollectionExtensions
{
    /// <summary>Adds the sample data of sandboxes, and the job that makes it.</summary>
    public static void AddSeeding(this IServiceCollection services)
    {
        services.TryAddSingleton<SeedMaker>();
        services.TryAddSingleton<ISandboxSeeds, SandboxSeeds>();
        services.TryAddSingleton<SeedingJob>();
        services.AddHostedService<BackgroundJobLoop<SeedingJob>>();
    }
}
