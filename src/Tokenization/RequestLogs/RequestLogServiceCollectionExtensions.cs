using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.RequestLogs;

internal static class RequestLogServiceCollectionExtensions
{
    /// <summary>
    /// Adds the request log with its two background jobs. A host stops its services in reverse order, and stops the web server, which it adds last, first.
    /// The writer's last flush therefore comes after the last request.
    /// </summary>
    public static void AddRequestLogs(this IServiceCollection services)
    {
        services.TryAddSingleton<RequestLogMetrics>();
        services.TryAddSingleton<RequestLogQueue>();
        services.TryAddSingleton<RequestLogFeed>();
        services.TryAddSingleton<IRequestLog, RequestLog>();
        services.TryAddSingleton<RequestLogWriter>();
        services.TryAddSingleton<RequestLogRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<RequestLogWriter>());
        services.AddHostedService<BackgroundJobLoop<RequestLogRetention>>();
    }
}
