using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// HMAC-SHA-256 under one key, for many threads. Setting up the key costs three times what a short hash does, so what is set
/// up is lent to one caller at a time, and one is kept: few threads hash at the same moment.
/// </summary>
/// <param name="key">The key, in the first <see cref="DataKey.Length"/> bytes. Given back with this.</param>
internal sealed class KeyedHash(SecretBuffer key) : IDisposable
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private IncrementalHash? _spare;
    private volatile bool _isDisposed;

    /// <summary>Hashes a message into <paramref name="destination"/>, of exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key was given back.</exception>
    public void Hash(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Length, nameof(destination));
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var hash = Interlocked.Exchange(ref _spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span[..DataKey.Length]);
        try
        {
            hash.AppendData(message);
            hash.GetHashAndReset(destination);
        }
        catch
        {
            hash.Dispose(); // with half a message in it
            throw;
        }

        Interlocked.Exchange(ref _spare, hash)?.Dispose();
        if (_isDisposed)
        {
            DropSpare();
        }
    }

    /// <summary>
    /// Derives a key for one purpose: HKDF-Expand of RFC 5869 with both parts as its info, for as many bytes as one hash has. Its
    /// other half, HKDF-Extract, makes a key of what is none yet; this one is random already (section 3.3).
    /// </summary>
    /// <param name="label">What the key is for: one of <see cref="KeyLabels"/>.</param>
    /// <param name="context">What it belongs to; of one length for all of the label, so that no two pairs run into the same bytes.</param>
    /// <param name="destination">Of exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key was given back.</exception>
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
        _isDisposed = true;
        DropSpare();
        key.Dispose();
    }

    private void DropSpare() => Interlocked.Exchange(ref _spare, null)?.Dispose();
}
