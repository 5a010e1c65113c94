using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Vault;

/// <summary>
/// Recognises equal cards within one account and environment (DESIGN D11; PCI DSS 3.5.1.1): HMAC-SHA-256 of the whole number
/// under a key that exists for nothing else. Without that key a fingerprint tells nothing; a bare hash would give the number
/// away in a fraction of a second.
/// </summary>
internal sealed class CardFingerprinter(KeyRing keys)
{
    public byte[] Of(CardNumber number, Tenant tenant)
    {
        Span<byte> scope = stackalloc byte[1 + sizeof(long)];
        scope[0] = (byte)tenant.Environment;
        BinaryPrimitives.WriteInt64BigEndian(scope[1..], tenant.Account.Value);

        Span<byte> key = stackalloc byte[DataKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Active(DataKeyPurpose.Fingerprint, tenant.Environment).Material, key, salt: scope, info: KeyLabels.Fingerprint);
        var fingerprint = HMACSHA256.HashData(key, number.Reveal());
        CryptographicOperations.ZeroMemory(key);
        return fingerprint;
    }
}
