using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>Makes the secrets of customers: 256 random bits, of which only a keyed hash is stored.</summary>
internal sealed class CustomerSecrets(KeyRing keys)
{
    /// <summary>The lifetime of a secret, taken from Dojo's own example.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int SecretLength = 32;

    /// <summary>Makes a new secret and its hash.</summary>
    public (string Secret, byte[] Hash) New(TenantEnvironment environment)
    {
        Span<byte> secret = stackalloc byte[SecretLength];
        RandomNumberGenerator.Fill(secret);
        return (PrefixOf(environment) + Base64Url.EncodeToString(secret), Hash(environment, secret));
    }

    /// <summary>Hashes a secret; null if the text is not in the format of one.</summary>
    public byte[]? HashOf(TenantEnvironment environment, string text)
    {
        var prefix = PrefixOf(environment);
        Span<byte> secret = stackalloc byte[SecretLength];
        return text.StartsWith(prefix, StringComparison.Ordinal)
            && Base64Url.DecodeFromChars(text.AsSpan(prefix.Length), secret, out _, out var written) == OperationStatus.Done
            && written == SecretLength
                ? Hash(environment, secret)
                : null;
    }

    private static string PrefixOf(TenantEnvironment environment) => environment == TenantEnvironment.Production ? "cs_prod_" : "cs_sandbox_";

    private byte[] Hash(TenantEnvironment environment, ReadOnlySpan<byte> secret)
    {
        var hash = new byte[KeyedHash.Length];
        keys.Active(DataKeyPurpose.ClientSecret, environment).Derive(KeyLabels.CustomerSecret, secret, hash);
        return hash;
    }
}
