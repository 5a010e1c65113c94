using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// A buffer for a secret. It is pinned, so that the garbage collector leaves no copies behind when it compacts the heap, and
/// zeroed on disposal. Buffers are pooled; their content never is.
/// </summary>
public sealed class SecretBuffer : IDisposable
{
    private const int SmallestLog2 = 5;
    private const int LargestLog2 = 18;
    private static readonly ConcurrentQueue<byte[]>[] s_pools =
        [.. Enumerable.Range(0, LargestLog2 - SmallestLog2 + 1).Select(_ => new ConcurrentQueue<byte[]>())];

    private byte[]? _bytes;

    private SecretBuffer(byte[] bytes) => _bytes = bytes;

    /// <summary>All bytes of the buffer, at least as many as requested.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes;
        }
    }

    /// <summary>
    /// The same bytes, for asynchronous work. They must not be used after <see cref="Dispose"/>, because they may then hold
    /// another secret.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    internal Memory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes;
        }
    }

    /// <summary>Rents a zeroed buffer of at least <paramref name="minimumLength"/> bytes (at most 256 KiB).</summary>
    public static SecretBuffer Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumLength, 1 << LargestLog2);
        var pool = PoolOf(minimumLength, out var length);
        return new SecretBuffer(pool.TryDequeue(out var bytes) ? bytes : GC.AllocateArray<byte>(length, pinned: true));
    }

    /// <summary>Zeroes the bytes and returns them to the pool. Safe to call more than once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            CryptographicOperations.ZeroMemory(bytes);
            PoolOf(bytes.Length, out _).Enqueue(bytes);
        }
    }

    private static ConcurrentQueue<byte[]> PoolOf(int minimumLength, out int length)
    {
        var log2 = Math.Max(SmallestLog2, BitOperations.Log2((uint)Math.Max(minimumLength - 1, 1)) + 1);
        length = 1 << log2;
        return s_pools[log2 - SmallestLog2];
    }
}
