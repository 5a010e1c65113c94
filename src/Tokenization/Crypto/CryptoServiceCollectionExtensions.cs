using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Tokenization.Crypto;

internal static class CryptoServiceCollectionExtensions
{
    /// <summary>Adds the keys, the ciphers and the token sealer.</summary>
    public static void AddCrypto(this IServiceCollection services)
    {
        services.TryAddSingleton<FileRootKeyProvider>();
        services.TryAddSingleton<IRootKeyProvider>(provider => provider.GetRequiredService<FileRootKeyProvider>());
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<CardKeyPeriods>();
        services.TryAddSingleton<CardCipher>();
        services.TryAddSingleton<CardFingerprinter>();
        services.TryAddSingleton<IdentifierCipher>();
        services.TryAddSingleton<TokenSealer>();
        services.TryAddSingleton<IPortalSecrets, PortalSecretCipher>();
    }
}
