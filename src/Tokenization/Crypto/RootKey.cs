using System.Diagnostics;
using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The key-encryption key (KEK). It wraps the data keys and never touches card data. Its string form is its id only.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RootKey : IDisposable
{
    /// <summary>The length of a root key in bytes: AES-256.</summary>
    public const int Length = 32;

    private readonly Cards.SecretBuffer _key;

    /// <summary>Copies the bytes of the key.</summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
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

    /// <summary>Identifies the key without revealing anything about it. Stored with each key that it wrapped.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Returns the id, prefixed with "root key".</summary>
    public override string ToString() => $"root key {Id}";

    internal void DeriveManifestKey(Span<byte> destination) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Span[..Length], destination, salt: [], info: KeyLabels.Manifest);

    internal void DeriveWrappingKey(Span<byte> destination) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Span, destination, salt: [], info: KeyLabels.Wrapping);
}
