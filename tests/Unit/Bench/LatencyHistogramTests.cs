using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    [InlineData(0.999, 999)]
    [InlineData(1, 1000)]
    public void Percentiles_are_right_to_one_percent(double share, double milliseconds)
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1000; i++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(i));
        }

        histogram.Count.ShouldBe(1000);
        histogram.Percentile(share).TotalMilliseconds.ShouldBe(milliseconds, milliseconds * 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(7_777)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000_000)]
    public void Every_magnitude_keeps_its_size(long ticks)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromTicks(ticks));

        ((double)histogram.Percentile(0.5).Ticks).ShouldBe(ticks, Math.Max(1, ticks * 0.01));
    }

    [Fact]
    public void What_is_too_short_or_too_long_is_counted_at_the_ends()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.FromDays(3));

        histogram.Percentile(0.5).ShouldBe(TimeSpan.Zero);
        histogram.Percentile(1).ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public void An_empty_one_has_no_latencies() => new LatencyHistogram().Percentile(0.99).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Several_add_up()
    {
        var (fast, slow) = (new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 90; i++)
        {
            fast.Record(TimeSpan.FromMilliseconds(1));
        }

        for (var i = 0; i < 10; i++)
        {
            slow.Record(TimeSpan.FromMilliseconds(100));
        }

        fast.Add(slow);

        fast.Count.ShouldBe(100);
        fast.Percentile(0.9).TotalMilliseconds.ShouldBe(1, 0.01);
        fast.Percentile(0.91).TotalMilliseconds.ShouldBe(100, 1);
    }
}
