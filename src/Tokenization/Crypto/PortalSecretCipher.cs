using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Seals secrets of the portal: algorithm (1 byte), data key id (4), nonce (12), ciphertext, tag (16). The purpose is part of the
/// derivation of the key, and so is bound to every byte.
/// </summary>
internal sealed class PortalSecretCipher(KeyRing keys) : IPortalSecrets
{
    // Members belong to no environment. The secrets that protect them deserve the same protection as production data.
    private const TenantEnvironment KeyEnvironment = TenantEnvironment.Production;
    private const byte Aes256Gcm = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + sizeof(int);

    public byte[] Seal(string purpose, ReadOnlySpan<byte> content)
    {
        var key = keys.Active(DataKeyPurpose.Portal, KeyEnvironment);
        var record = new byte[HeaderLength + NonceLength + content.Length + TagLength];
        record[0] = Aes256Gcm;
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(1), key.Id);
        var nonce = record.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = CipherFor(key, purpose);
        aes.Encrypt(nonce, content, record.AsSpan(HeaderLength + NonceLength, content.Length), record.AsSpan(record.Length - TagLength), record.AsSpan(0, HeaderLength));
        return record;
    }

    public byte[] Open(string purpose, byte[] sealedContent)
    {
        var key = keys.Active(DataKeyPurpose.Portal, KeyEnvironment);
        var record = sealedContent.AsSpan();
        if (record.Length < HeaderLength + NonceLength + TagLength || record[0] != Aes256Gcm || BinaryPrimitives.ReadInt32BigEndian(record[1..]) != key.Id)
        {
            throw new CryptographicException("The sealed content does not authenticate.");
        }

        var content = new byte[record.Length - HeaderLength - NonceLength - TagLength];
        using var aes = CipherFor(key, purpose);
        aes.Decrypt(record.Slice(HeaderLength, NonceLength), record[(HeaderLength + NonceLength)..^TagLength], record[^TagLength..], content, record[..HeaderLength]);
        return content;
    }

    private static AesGcm CipherFor(DataKey key, string purpose)
    {
        Span<byte> derived = stackalloc byte[DataKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Material, derived, salt: [], info: new Binding(KeyLabels.PortalSecret).Add(purpose).ToArray());
        var aes = new AesGcm(derived, TagLength);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }
}
