using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Bench;

/// <summary>A line of what was measured: a load on something, over all rounds.</summary>
/// <param name="Shape">What kind of load it belongs to.</param>
/// <param name="Name">What it is.</param>
internal sealed record Measurement(string Shape, string Name)
{
    /// <summary>How many requests were under way at once; 0 where none were but by a rate.</summary>
    public int Connections { get; init; }

    /// <summary>Successes in a second: the median of the rounds.</summary>
    public double? Rate { get; init; }

    /// <summary>Latencies, in milliseconds.</summary>
    public double P50 { get; init; }

    /// <summary>The 95th percentile.</summary>
    public double P95 { get; init; }

    /// <summary>The 99th percentile.</summary>
    public double P99 { get; init; }

    /// <summary>The 99.9th percentile.</summary>
    public double P999 { get; init; }

    /// <summary>Processor time of the server for each request, with what it does behind, in microseconds.</summary>
    public double? CpuMicroseconds { get; init; }

    /// <summary>Bytes that the server allocates for each request.</summary>
    public double? Bytes { get; init; }

    /// <summary>Processor time of the generator for each request, in microseconds.</summary>
    public double? GeneratorMicroseconds { get; init; }

    /// <summary>Anything else to know.</summary>
    public string Note { get; init; } = "";

    /// <summary>The same with the percentiles of some latencies.</summary>
    public Measurement With(LatencyHistogram latencies) => this with
    {
        P50 = latencies.Percentile(0.5).TotalMilliseconds,
        P95 = latencies.Percentile(0.95).TotalMilliseconds,
        P99 = latencies.Percentile(0.99).TotalMilliseconds,
        P999 = latencies.Percentile(0.999).TotalMilliseconds,
    };
}
