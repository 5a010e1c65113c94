using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Recognises equal cards within one account and environment (DESIGN D11; PCI DSS 3.5.1.1): HMAC-SHA-256 of the whole number
/// under a key with no other use. Without that key a fingerprint reveals nothing; a bare hash would reveal the number
/// in a fraction of a second.
/// </summary>
internal sealed class CardFingerprinter(KeyRing keys) : IDisposable
{
    // Each key is derived once. Its data key is kept as long as the fingerprints are, and there is one derived key for each account and environment.
    private readonly ConcurrentDictionary<(AccountId Account, TenantEnvironment Environment), KeyedHash> _derived = new();

    public byte[] Of(CardNumber number, Tenant tenant)
    {
        var scope = (tenant.Account, tenant.Environment);
        var key = _derived.TryGetValue(scope, out var derived) ? derived : Derive(scope);
        var fingerprint = new byte[KeyedHash.Length];
        key.Hash(number.Reveal(), fingerprint);
        return fingerprint;
    }

    public void Dispose()
    {
        foreach (var key in _derived.Values)
        {
            key.Dispose();
        }
    }

    private KeyedHash Derive((AccountId Account, TenantEnvironment Environment) scope)
    {
        Span<byte> salt = stackalloc byte[1 + sizeof(long)];
        salt[0] = (byte)scope.Environment;
        BinaryPrimitives.WriteInt64BigEndian(salt[1..], scope.Account.Value);

        var material = SecretBuffer.Rent(DataKey.Length);
        var root = keys.Active(DataKeyPurpose.Fingerprint, scope.Environment);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root.Material, material.Span[..DataKey.Length], salt, info: KeyLabels.Fingerprint);
        var key = new KeyedHash(material);
        var kept = _derived.GetOrAdd(scope, key);
        if (kept != key)
        {
            key.Dispose(); // another request derived it first
        }

        return kept;
    }
}
