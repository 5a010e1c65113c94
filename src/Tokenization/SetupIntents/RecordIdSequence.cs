using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Internal ids: milliseconds since 1970 times 2^20, the slot of the node times 2^14, and a count. They grow with time, so that rows are
/// appended and lists are in order; a clock that jumps back or a burst within a millisecond repeats none, and no two nodes give the same.
/// </summary>
internal sealed class RecordIdSequence(TimeProvider clock, Node node)
{
    private const int BitsBelowMillisecond = 20;
    private const int BitsOfCount = 14;
    private const long CountMask = (1L << BitsOfCount) - 1;
    private long _last;

    /// <summary>The most ids that <see cref="Next(int)"/> gives in a row.</summary>
    public const int MostInARow = 1 << BitsOfCount;

    /// <summary>The time in an id: milliseconds since 1970.</summary>
    public static long MillisecondsOf(long recordId) => recordId >> BitsBelowMillisecond;

    /// <summary>An id above all that were given until an instant, and below those of the millisecond after it.</summary>
    public static long FirstAfter(DateTimeOffset instant) => (instant.ToUnixTimeMilliseconds() + 1) << BitsBelowMillisecond;

    /// <summary>Goes on after <paramref name="recordId"/>, the largest id in the store.</summary>
    public void ContinueAfter(long recordId) => Interlocked.Exchange(ref _last, Math.Max(recordId, Volatile.Read(ref _last)));

    /// <summary>An id larger than every one before.</summary>
    public long Next() => Next(count: 1);

    /// <summary>The first of so many ids in a row, each larger than every one before.</summary>
    public long Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostInARow);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = FirstOf(Math.Max(now, MillisecondsOf(last)));

            // In the millisecond of the last one, those that follow it are left; once they are used up the next millisecond begins early.
            next = next > last ? next
                : last - next + count <= CountMask ? last + 1
                : FirstOf(MillisecondsOf(last) + 1);
            if (Interlocked.CompareExchange(ref _last, next + count - 1, last) == last)
            {
                return next;
            }
        }
    }

    private long FirstOf(long milliseconds) => (milliseconds << BitsBelowMillisecond) | ((long)node.Slot << BitsOfCount);
}
