using System.Buffers;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Writes into one <see cref="SecretBuffer"/>. The buffer does not grow, because growing would leave copies behind.
/// </summary>
internal sealed class SecretWriter(int capacity) : IBufferWriter<byte>, IDisposable
{
    private readonly SecretBuffer _buffer = SecretBuffer.Rent(capacity);

    public int Length { get; private set; }

    /// <summary>The bytes written so far; valid until disposal.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.Memory[..Length];

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Memory.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var free = _buffer.Memory[Length..];
        return free.Length >= Math.Max(sizeHint, 1) ? free : throw new InvalidOperationException("More was written than was provided for.");
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => _buffer.Dispose();
}
