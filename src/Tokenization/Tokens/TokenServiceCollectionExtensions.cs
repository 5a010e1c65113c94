using Dojo.Pci.Tokenization.Housekeeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Adds what members browse tokens with.</summary>
internal static class TokenServiceCollectionExtensions
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.TryAddSingleton<ITokenFigures, TokenCounting>();
        services.TryAddSingleton<TokenIndexing>();
        services.AddHostedService<RoundLoop<TokenIndexing>>();
    }
}
