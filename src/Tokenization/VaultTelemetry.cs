using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// The telemetry of the vault. Spans and metrics say what was done, how long it took and how it ended. They have no tags with external data: no card, key,
/// token, reference or address. Without a listener, each costs one field read.
/// </summary>
public static class VaultTelemetry
{
    /// <summary>The name of the vault's activity source. The names of its meters add a dot and the area that they measure.</summary>
    public const string Name = "Dojo.Pci.Tokenization";

    /// <summary>The bucket boundaries, in seconds, for operations that take milliseconds.</summary>
    internal static readonly InstrumentAdvice<double> Milliseconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };

    /// <summary>The bucket boundaries, in seconds, for waiting on external systems and for background work.</summary>
    internal static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Begins a span below the current one, or at the root; null if no listener wants it.</summary>
    internal static Activity? Begin(string name, ActivityKind kind = ActivityKind.Internal) => s_source.HasListeners() ? s_source.StartActivity(name, kind) : null;

    /// <summary>Marks a span as failed, with one of the vault's own error words or the name of an exception type.</summary>
    internal static void Fail(this Activity span, string error) => span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
