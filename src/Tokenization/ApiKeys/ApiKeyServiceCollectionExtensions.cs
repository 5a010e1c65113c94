using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal static class ApiKeyServiceCollectionExtensions
{
    /// <summary>Registers the services for API keys.</summary>
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.TryAddSingleton<RecentApiKeys>();
        services.TryAddSingleton<ApiKeyAccess>();
        services.TryAddSingleton<IApiKeyService, ApiKeyService>();
        services.TryAddSingleton<IOperationScopes, NoOperations>();
        services.TryAddSingleton<IApiKeyInsight, ApiKeyInsight>();
    }
}
