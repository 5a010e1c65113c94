using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Authorization;

internal static class AuthorizationServiceCollectionExtensions
{
    /// <summary>Adds the card authorizer, with the sandbox issuer and the acquirer.</summary>
    public static void AddAuthorization(this IServiceCollection services)
    {
        services.TryAddSingleton<SandboxIssuer>();
        services.TryAddSingleton<AcquirerConnector>();
        services.TryAddSingleton<NoIssuer>();
        services.TryAddSingleton<CardAuthorizer>();
        services.TryAddSingleton<ICardAuthorizer>(provider => provider.GetRequiredService<CardAuthorizer>());
        services.TryAddSingleton<IPaymentAcquirer>(provider => provider.GetRequiredService<CardAuthorizer>());
    }
}
