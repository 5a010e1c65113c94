using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Adds the services with which members and programs read the request log.</summary>
internal static class RequestExplorerServiceCollectionExtensions
{
    public static void AddRequestExplorer(this IServiceCollection services)
    {
        services.TryAddSingleton<RequestLogAccess>();
        services.TryAddSingleton<IRequestExplorer, RequestBrowsing>();
        services.TryAddSingleton<IRequestLogReader, RequestLogReading>();
        services.TryAddSingleton<IRequestInsight, RequestInsight>();
        services.TryAddSingleton<IRequestLogExporter, RequestExporting>();
        services.TryAddSingleton<IRequestLogCheck, RequestLogChecking>();
        services.TryAddSingleton<IRequestLogViews, RequestLogViewing>();
        services.TryAddSingleton<IRequestReplay, RequestReplaying>();
    }
}
