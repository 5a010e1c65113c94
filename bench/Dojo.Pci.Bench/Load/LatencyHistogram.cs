using System.Numerics;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// Counts durations in buckets that grow with them, so that any percentile is known to better than 1 % without keeping what was
/// measured. From a nanosecond to 73 minutes; longer ones count as that. Threads may record at the same time.
/// </summary>
internal sealed class LatencyHistogram
{
    // 128 buckets between a power of two and the next: 0.8 %.
    private const int BitsBelowPower = 7;
    private const int BucketsOfPower = 1 << BitsBelowPower;
    private const int LargestPower = 42;
    private readonly long[] _buckets = new long[(LargestPower - BitsBelowPower + 1) * BucketsOfPower];
    private long _count;

    /// <summary>How many were recorded.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Takes a duration in; a negative one counts as none.</summary>
    public void Record(TimeSpan duration)
    {
        Interlocked.Increment(ref _buckets[BucketOf(Math.Max(0, duration.Ticks * TimeSpan.NanosecondsPerTick))]);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Takes in what another has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        _count += other._count;
    }

    /// <summary>The duration that a share of all recorded ones did not exceed; zero when nothing was recorded.</summary>
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

    // The second half of each run of buckets is where the next power begins, so a bucket's place tells its power.
    private static long UpperEndOf(int bucket)
    {
        var power = Math.Max(0, (bucket / BucketsOfPower) - 1);
        var first = (long)(bucket - (power * BucketsOfPower)) << power;
        return first + (1L << power) - 1;
    }
}
