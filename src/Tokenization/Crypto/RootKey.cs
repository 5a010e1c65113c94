using System.Diagnostics;
using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The key-encryption key (KEK): wraps the data keys and never touches card data. Prints as its id only.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RootKey : IDisposable
{
    /// <summary>Bytes of a root key: AES-256.</summary>
    public const int Length = 32;

    private readonly Cards.SecretBuffer _key;

    /// <summary>Takes a copy of the key's bytes.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public RootKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException("A root key is 32 bytes long.", nameof(key));
        }

        _key = Cards.SecretBuffer.Rent(Length);
        key.CopyTo(_key.Span);
        Span<byte> id = stackalloc byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Span, id, salt: [], info: KeyLabels.RootKeyId);
        Id = Convert.ToHexStringLower(id[..8]);
    }

    /// <summary>Names the key without telling anything about it; kept beside what it wrapped.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The id.</summary>
    public override string ToString() => $"root key {Id}";

    internal void DeriveManifestKey(Span<byte> destination) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Span[..Length], destination, salt: [], info: KeyLabels.Manifest);

    internal void DeriveWrappingKey(Span<byte> destination) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Span, destination, salt: [], info: KeyLabels.Wrapping);
}
