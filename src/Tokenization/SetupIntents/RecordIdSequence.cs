namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Internal ids: milliseconds since 1970 times 2^20, or one more than the last. They grow with time, so that rows are
/// appended and lists are in order, and a clock that jumps back or a burst within a millisecond repeats none.
/// </summary>
internal sealed class RecordIdSequence(TimeProvider clock)
{
    private const int BitsBelowMillisecond = 20;
    private long _last;

    /// <summary>The time in an id: milliseconds since 1970.</summary>
    public static long MillisecondsOf(long recordId) => recordId >> BitsBelowMillisecond;

    /// <summary>Goes on after <paramref name="recordId"/>, the largest id in the store.</summary>
    public void ContinueAfter(long recordId) => Interlocked.Exchange(ref _last, Math.Max(recordId, Volatile.Read(ref _last)));

    /// <summary>An id larger than every one before.</summary>
    public long Next()
    {
        var floor = clock.GetUtcNow().ToUnixTimeMilliseconds() << BitsBelowMillisecond;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, floor);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}
