using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>Adds the metrics of the API, and the job that deletes old ones.</summary>
internal static class MetricServiceCollectionExtensions
{
    public static void AddMetrics(this IServiceCollection services)
    {
        services.TryAddSingleton<IApiMetrics, ApiMetricsService>();
        services.TryAddSingleton<MetricRetention>();
        services.AddHostedService<BackgroundJobLoop<MetricRetention>>();
    }
}
