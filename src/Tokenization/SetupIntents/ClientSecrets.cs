using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A client session secret, to be shown to the caller. <see cref="ToString"/> does not reveal it.</summary>
/// <param name="text">The secret.</param>
/// <param name="expiresAt">When it expires.</param>
public sealed class ClientSecret(string text, DateTimeOffset expiresAt)
{
    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the secret: 160 characters of base64url, padded.</summary>
    public string Reveal() => text;

    /// <summary>Returns a fixed text.</summary>
    public override string ToString() => "client session secret";
}

/// <summary>
/// Makes client session secrets in the form that Dojo gives them. Each is derived from the id of the setup intent or payment intent, the number of renewals
/// and a key of the vault, so that none is stored and a replayed answer contains the same one.
/// </summary>
internal sealed class ClientSecrets(KeyRing keys)
{
    private const int Length = 118;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Returns when a secret that is issued now expires, in whole seconds because Dojo prints whole seconds.</summary>
    public static DateTimeOffset ExpiryFrom(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds((now + s_lifetime).ToUnixTimeSeconds());

    public ClientSecret Of(TenantEnvironment environment, long recordId, ClientSecretState state)
    {
        Span<byte> salt = stackalloc byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64BigEndian(salt, recordId);
        BinaryPrimitives.WriteInt32BigEndian(salt[sizeof(long)..], state.Generation);
        Span<byte> secret = stackalloc byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Active(DataKeyPurpose.ClientSecret, environment).Material, secret, salt, KeyLabels.ClientSecret);
        return new ClientSecret(Convert.ToBase64String(secret).Replace('+', '-').Replace('/', '_'), state.ExpiresAt);
    }
}
