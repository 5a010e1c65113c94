using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

internal static class BackgroundJobServiceCollectionExtensions
{
    /// <summary>Adds the background jobs, and the clock of sandboxes.</summary>
    public static void AddBackgroundJobs(this IServiceCollection services)
    {
        services.TryAddSingleton<ISandboxClock, SandboxClock>();
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton<JobMetrics>();
        services.TryAddSingleton<RetentionJob>();
        services.TryAddSingleton<ErasureJob>();
        services.TryAddSingleton<ReconciliationJob>();
        services.AddHostedService<BackgroundJobLoop<RetentionJob>>();
        services.AddHostedService<BackgroundJobLoop<ErasureJob>>();
        services.AddHostedService<BackgroundJobLoop<ReconciliationJob>>();
    }
}
