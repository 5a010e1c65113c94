using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Bench;

/// <summary>One line of the report: a load on a server, over all rounds.</summary>
/// <param name="Shape">The shape that it belongs to.</param>
/// <param name="Name">Its name within the shape.</param>
internal sealed record Measurement(string Shape, string Name)
{
    /// <summary>The number of requests in flight; 0 when the load was not defined by it.</summary>
    public int Connections { get; init; }

    /// <summary>Successes per second: the median of the rounds.</summary>
    public double? Rate { get; init; }

    /// <summary>The median latency, in milliseconds. The other percentiles use the same unit.</summary>
    public double P50 { get; init; }

    /// <summary>The 95th percentile.</summary>
    public double P95 { get; init; }

    /// <summary>The 99th percentile.</summary>
    public double P99 { get; init; }

    /// <summary>The 99.9th percentile.</summary>
    public double P999 { get; init; }

    /// <summary>Processor time of the server per request, including its background work, in microseconds.</summary>
    public double? CpuMicroseconds { get; init; }

    /// <summary>Bytes that the server allocates per request.</summary>
    public double? Bytes { get; init; }

    /// <summary>Processor time of the generator per request, in microseconds.</summary>
    public double? GeneratorMicroseconds { get; init; }

    /// <summary>Additional remarks.</summary>
    public string Note { get; init; } = "";

    /// <summary>Returns a copy with the percentiles of the given latencies.</summary>
    public Measurement With(LatencyHistogram latencies) => this with
    {
        P50 = latencies.Percentile(0.5).TotalMilliseconds,
        P95 = latencies.Percentile(0.95).TotalMilliseconds,
        P99 = latencies.Percentile(0.99).TotalMilliseconds,
        P999 = latencies.Percentile(0.999).TotalMilliseconds,
    };
}
