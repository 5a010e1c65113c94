using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.SetupIntents;

internal static class SetupIntentServiceCollectionExtensions
{
    /// <summary>Adds the services of setup intents.</summary>
    public static void AddSetupIntents(this IServiceCollection services)
    {
        services.TryAddSingleton<RecordIdSequence>();
        services.TryAddSingleton<SetupIntentIds>();
        services.TryAddSingleton<CardIntake>();
        services.TryAddSingleton<CardOpening>();
        services.TryAddSingleton<ClientSecrets>();
        services.TryAddSingleton<NewSetupIntents>();
        services.TryAddSingleton<SetupIntentBatches>();
        services.TryAddSingleton<DueSweep>();
        services.TryAddSingleton<ISetupIntentService, SetupIntentService>();
        services.TryAddSingleton<UnresolvedAuthorizations>();
    }
}
