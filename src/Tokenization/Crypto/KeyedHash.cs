using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Computes HMAC-SHA-256 under one key. Safe for concurrent use. Setting up the key costs three times as much as a short hash, so a hash that was set
/// up is lent to one caller at a time. Only one spare is kept, because few threads hash at the same moment.
/// </summary>
/// <param name="key">The key, in the first <see cref="DataKey.Length"/> bytes. Disposed with this instance.</param>
internal sealed class KeyedHash(SecretBuffer key) : IDisposable
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private IncrementalHash? _spare;
    private volatile bool _isDisposed;

    /// <summary>Hashes a message into <paramref name="destination"/>, which must have exactly <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
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
            hash.Dispose(); // it may hold part of the message
            throw;
        }

        Interlocked.Exchange(ref _spare, hash)?.Dispose();
        if (_isDisposed)
        {
            DropSpare();
        }
    }

    /// <summary>
    /// Derives a key for one purpose: HKDF-Expand of RFC 5869 with both parts as its info, for the length of one hash. The
    /// other half, HKDF-Extract, makes a uniform key from other material; this key is random already (section 3.3).
    /// </summary>
    /// <param name="label">The purpose of the derived key: one of <see cref="KeyLabels"/>.</param>
    /// <param name="context">What the derived key belongs to. Contexts of one label must have the same length or contain the lengths of their parts, so that no two pairs give the same bytes.</param>
    /// <param name="destination">Receives the derived key; exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[label.Length + context.Length + 1];
        label.CopyTo(block);
        context.CopyTo(block[label.Length..]);
        block[^1] = 1; // the number of the only block
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
