using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Registers the services with which members browse tokens.</summary>
internal static class TokenServiceCollectionExtensions
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.TryAddSingleton<TokenFeed>();
        services.TryAddSingleton<ITokenFeed, TokenFollowing>();
        services.TryAddSingleton<TenantAccess>();
        services.TryAddSingleton<TokenLookup>();
        services.TryAddSingleton<ITokenBrowser, TokenBrowser>();
        services.TryAddSingleton<ITokenExporter, TokenExporting>();
        services.TryAddSingleton<ITokenActions, TokenActions>();
        services.TryAddSingleton<ITokenMetrics, TokenCounting>();
        services.TryAddSingleton<TokenIndexing>();
        services.AddHostedService<BackgroundJobLoop<TokenIndexing>>();
    }
}
