namespace Dojo.Pci.Tokenization.Metrics;

/// <summary>
/// Sorts durations into buckets of which each is a tenth wider than the one before. So a percentile of any number of requests is
/// known to 5 %, from a few dozen counts that can be added up over hours.
/// </summary>
internal static class LatencyBuckets
{
    /// <summary>How far a percentile may be off, as a part of it.</summary>
    public const double Precision = (Growth - 1) / (Growth + 1);

    private const double Growth = 1.1;
    private static readonly double s_logOfGrowth = Math.Log(Growth);

    /// <summary>The bucket of a duration.</summary>
    public static int Of(TimeSpan duration) => (int)Math.Ceiling(Math.Log(Math.Max(1, duration.TotalMicroseconds)) / s_logOfGrowth);

    /// <summary>The duration that is nearest to all of a bucket.</summary>
    public static TimeSpan Typical(int bucket) => TimeSpan.FromMicroseconds(2 * Math.Pow(Growth, bucket) / (Growth + 1));

    /// <summary>The duration that a part of the requests took at most; null when there were none.</summary>
    /// <param name="counts">How many requests are in each bucket.</param>
    /// <param name="part">The part: 0.99 for p99.</param>
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
