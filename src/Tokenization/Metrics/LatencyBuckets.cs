namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>
/// Sorts durations into buckets, each of which is a tenth wider than the one before. A percentile of any number of requests is
/// then known to 5 %, from a few dozen counts that can be added up over hours.
/// </summary>
internal static class LatencyBuckets
{
    /// <summary>The largest relative error of a percentile.</summary>
    public const double Precision = (Growth - 1) / (Growth + 1);

    private const double Growth = 1.1;
    private static readonly double s_logOfGrowth = Math.Log(Growth);

    /// <summary>Returns the bucket of a duration.</summary>
    public static int Of(TimeSpan duration) => (int)Math.Ceiling(Math.Log(Math.Max(1, duration.TotalMicroseconds)) / s_logOfGrowth);

    /// <summary>Returns the duration with the smallest relative error for all durations in a bucket.</summary>
    public static TimeSpan Typical(int bucket) => TimeSpan.FromMicroseconds(2 * Math.Pow(Growth, bucket) / (Growth + 1));

    /// <summary>Returns a percentile of the durations; null if there were no requests.</summary>
    /// <param name="counts">The number of requests in each bucket.</param>
    /// <param name="part">The percentile, as a fraction: 0.99 for p99.</param>
    public static TimeSpan? Percentile(IReadOnlyDictionary<int, long> counts, double part)
    {
        var rank = (long)Math.Ceiling(part * counts.Values.Sum());
        foreach (var (bucket, count) in counts.OrderBy(entry => entry.Key))
        {
            rank -= count;
            if (rank <= 0)
            {
                return Typical(bucket);
            }
        }

        return null;
    }
}
