using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Idempotency;

internal static class IdempotencyServiceCollectionExtensions
{
    /// <summary>Adds idempotency keys.</summary>
    public static void AddIdempotency(this IServiceCollection services)
    {
        services.TryAddSingleton<IdempotencyHasher>();
        services.TryAddSingleton<IdempotentWork>();
    }
}
