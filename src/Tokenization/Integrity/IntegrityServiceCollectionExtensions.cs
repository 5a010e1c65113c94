using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Integrity;

internal static class IntegrityServiceCollectionExtensions
{
    /// <summary>Adds the integrity check of the stored data.</summary>
    public static void AddIntegrity(this IServiceCollection services)
    {
        services.TryAddSingleton<StoredTokenCheck>();
        services.TryAddSingleton<IVaultCheck, VaultCheck>();
    }
}
