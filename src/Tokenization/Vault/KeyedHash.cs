using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Vault;

/// <summary>
/// HMAC-SHA-256 under one key, for many threads. Setting up the key costs three times what a short hash does, so what is set
/// up is lent to one caller at a time and kept, and goes when this does.
/// </summary>
/// <param name="key">The key, in the first <see cref="DataKey.Length"/> bytes. Given back with this.</param>
internal sealed class KeyedHash(SecretBuffer key) : IDisposable
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly ConcurrentBag<IncrementalHash> _idle = [];

    /// <summary>Hashes a message into <paramref name="destination"/>, of <see cref="Length"/> bytes.</summary>
    public void Hash(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        var hash = _idle.TryTake(out var idle) ? idle : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span[..DataKey.Length]);
        hash.AppendData(message);
        hash.GetHashAndReset(destination);
        _idle.Add(hash);
    }

    /// <summary>
    /// Derives a key for one purpose: HKDF-Expand of RFC 5869 with both parts as its info, for as many bytes as one hash has. Its
    /// other half, HKDF-Extract, makes a key of what is none yet; this one is random already (section 3.3).
    /// </summary>
    /// <param name="label">What the key is for: one of <see cref="KeyLabels"/>.</param>
    /// <param name="context">What it belongs to, of a length that is the same for all of the label; with it 255 bytes at most.</param>
    /// <param name="destination">Of <see cref="Length"/> bytes.</param>
    public void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[label.Length + context.Length + 1];
        label.CopyTo(block);
        context.CopyTo(block[label.Length..]);
        block[^1] = 1; // the number of the block, of which there is one
        Hash(block, destination);
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var hash))
        {
            hash.Dispose();
        }

        key.Dispose();
    }
}
