using Dojo.Pci.Tokenization.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Metrics;

public sealed class LatencyBucketsTests
{
    private static readonly Gen<int> s_microseconds = Gen.OneOf(Gen.Choose(1, 500), Gen.Choose(1, 100_000), Gen.Choose(1, 60_000_000));

    [Fact]
    public void A_percentile_is_within_five_percent_of_the_exact_one() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            s_microseconds.NonEmptyListOf().ToArbitrary(),
            Gen.Elements(0.5, 0.9, 0.99, 1).ToArbitrary(),
            (durations, part) =>
            {
                var exact = durations.Order().ElementAt((int)Math.Ceiling(part * durations.Count) - 1);
                var counts = durations.GroupBy(duration => LatencyBuckets.Of(TimeSpan.FromMicroseconds(duration))).ToDictionary(group => group.Key, group => group.LongCount());
                var estimate = LatencyBuckets.Percentile(counts, part)!.Value.TotalMicroseconds;
                return Math.Abs(estimate - exact) <= (exact * LatencyBuckets.Precision) + 0.11;
            }));

    [Fact]
    public void Longer_is_never_in_an_earlier_bucket() =>
        Check.QuickThrowOnFailure(Prop.ForAll(s_microseconds.Two().ToArbitrary(), pair =>
            (pair.Item1 <= pair.Item2) == (LatencyBuckets.Of(TimeSpan.FromMicroseconds(pair.Item1)) <= LatencyBuckets.Of(TimeSpan.FromMicroseconds(pair.Item2)))
            || LatencyBuckets.Of(TimeSpan.FromMicroseconds(pair.Item1)) == LatencyBuckets.Of(TimeSpan.FromMicroseconds(pair.Item2))));

    [Fact]
    public void An_hour_of_requests_needs_few_buckets() =>
        (LatencyBuckets.Of(TimeSpan.FromMinutes(1)) - LatencyBuckets.Of(TimeSpan.FromMicroseconds(100))).ShouldBeLessThan(150);

    [Fact]
    public void What_took_no_time_is_counted_too() => LatencyBuckets.Of(TimeSpan.Zero).ShouldBe(0);

    [Fact]
    public void Of_nothing_there_is_no_percentile() => LatencyBuckets.Percentile(new Dictionary<int, long>(), 0.5).ShouldBeNull();
}
