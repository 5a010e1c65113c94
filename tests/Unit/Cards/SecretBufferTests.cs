using System.Runtime.CompilerServices;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Cards;

/// <summary>
/// Inspects memory that was returned and that others may rent at once, so nothing else runs in parallel with these tests.
/// </summary>
[CollectionDefinition(nameof(SecretMemory), DisableParallelization = true)]
public sealed class SecretMemory;

[Collection(nameof(SecretMemory))]
public sealed class SecretBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(65_536)]
    [InlineData(262_144)]
    public void It_holds_at_least_what_was_asked_for_and_starts_empty(int length)
    {
        using var buffer = SecretBuffer.Rent(length);

        buffer.Span.Length.ShouldBeGreaterThanOrEqualTo(length);
        buffer.Span.IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    [Fact]
    public void More_than_it_can_hold_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => SecretBuffer.Rent(262_145));

    [Fact]
    public void Giving_it_back_zeroes_every_byte()
    {
        var buffer = SecretBuffer.Rent(1000);
        var bytes = buffer.Span;
        bytes.Fill(0xA5);
        buffer.Dispose();

        bytes.IndexOfAnyExcept((byte)0).ShouldBe(-1);
        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void Giving_it_back_twice_does_not_hand_it_to_two()
    {
        var buffer = SecretBuffer.Rent(5000);
        buffer.Dispose();
        buffer.Dispose();

        using var first = SecretBuffer.Rent(5000);
        using var second = SecretBuffer.Rent(5000);
        first.Span[0] = 1;
        second.Span[0].ShouldBe((byte)0);
    }

    [Fact]
    public void The_garbage_collector_never_moves_it()
    {
        // A size that no other test requests, so that the buffer has just been allocated.
        using var buffer = SecretBuffer.Rent(20_000);
        // New arrays are young until they survive a collection; only those of the pinned heap start out old.
        GC.GetGeneration(BackingArray(buffer)).ShouldBe(GC.MaxGeneration);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref byte[] BackingArray(SecretBuffer buffer);
}
