using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Generates internal ids: milliseconds since 1970 times 2^20, plus the slot of the node times 2^14, plus a count. Ids grow with time, so that rows are
/// appended and lists are in order. No id repeats, even when the clock jumps back or many are needed within a millisecond, and no two nodes generate the same.
/// </summary>
internal sealed class RecordIdSequence(TimeProvider clock, Node node)
{
    private const int BitsBelowMillisecond = 20;
    private const int BitsOfCount = 14;
    private const long CountMask = (1L << BitsOfCount) - 1;
    private long _last;

    /// <summary>The most consecutive ids that <see cref="Next(int)"/> generates.</summary>
    public const int MostInARow = 1 << BitsOfCount;

    /// <summary>Returns the time in an id, in milliseconds since 1970.</summary>
    public static long MillisecondsOf(long recordId) => recordId >> BitsBelowMillisecond;

    /// <summary>Returns the first id of the millisecond after an instant, which is above all ids of earlier times.</summary>
    public static long FirstAfter(DateTimeOffset instant) => (instant.ToUnixTimeMilliseconds() + 1) << BitsBelowMillisecond;

    /// <summary>Continues after <paramref name="recordId"/>, the largest id in the store.</summary>
    public void ContinueAfter(long recordId) => Interlocked.Exchange(ref _last, Math.Max(recordId, Volatile.Read(ref _last)));

    /// <summary>Returns an id larger than every earlier one of this node.</summary>
    public long Next() => Next(count: 1);

    /// <summary>Returns the first of <paramref name="count"/> consecutive ids, each larger than every earlier one of this node.</summary>
    public long Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostInARow);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = FirstOf(Math.Max(now, MillisecondsOf(last)));

            // In the millisecond of the last id, the ids after it are left. Once they are used up, the next millisecond begins early.
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
