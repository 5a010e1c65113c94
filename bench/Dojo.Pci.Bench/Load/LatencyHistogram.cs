using System.Numerics;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// Counts durations in buckets whose width grows with the duration, so that any percentile is accurate to better than 1 % without keeping every
/// sample. Ranges from a nanosecond to 73 minutes; longer durations count as 73 minutes. Threads may record at the same time.
/// </summary>
internal sealed class LatencyHistogram
{
    // 128 buckets between a power of two and the next: 0.8 %.
    private const int BitsBelowPower = 7;
    private const int BucketsOfPower = 1 << BitsBelowPower;
    private const int LargestPower = 42;
    private readonly long[] _buckets = new long[(LargestPower - BitsBelowPower + 1) * BucketsOfPower];
    private long _count;

    /// <summary>The number of recorded durations.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Records a duration; a negative one counts as zero.</summary>
    public void Record(TimeSpan duration)
    {
        Interlocked.Increment(ref _buckets[BucketOf(Math.Max(0, duration.Ticks * TimeSpan.NanosecondsPerTick))]);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Adds the counts of another histogram.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        _count += other._count;
    }

    /// <summary>The duration that the given share of all recorded durations did not exceed; zero when nothing was recorded.</summary>
    /// <param name="share">From 0 to 1: 0.99 for the 99th percentile.</param>
    public TimeSpan Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var passed = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            passed += _buckets[i];
            if (passed >= wanted)
            {
                return TimeSpan.FromTicks(UpperEndOf(i) / TimeSpan.NanosecondsPerTick);
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long nanoseconds)
    {
        var power = Math.Max(0, BitOperations.Log2((ulong)nanoseconds | 1) - BitsBelowPower);
        return power > LargestPower - BitsBelowPower - 1
            ? ((LargestPower - BitsBelowPower + 1) * BucketsOfPower) - 1
            : (power * BucketsOfPower) + (int)(nanoseconds >> power);
    }

    // Each power of two begins halfway through a run of buckets, so the index of a bucket determines its power.
    private static long UpperEndOf(int bucket)
    {
        var power = Math.Max(0, (bucket / BucketsOfPower) - 1);
        var first = (long)(bucket - (power * BucketsOfPower)) << power;
        return first + (1L << power) - 1;
    }
}
