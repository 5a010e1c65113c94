using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// What the vault tells of its work. Spans and metrics say what was done, how long it took and how it ended; they have no tag for what came from outside: no
/// card, key, token, reference or address. While nobody listens they cost a look at a field.
/// </summary>
public static class VaultTelemetry
{
    /// <summary>The name of the vault's spans. Its meters are called like it, with the name of what they measure behind a dot.</summary>
    public const string Name = "Dojo.Pci.Tokenization";

    /// <summary>Bounds of histograms of what takes milliseconds, in seconds.</summary>
    internal static readonly InstrumentAdvice<double> Milliseconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };

    /// <summary>Bounds of histograms of what others are waited for, or of work in the background, in seconds.</summary>
    internal static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Begins a span below the current one, or at the root; null when nobody wants it.</summary>
    internal static Activity? Begin(string name, ActivityKind kind = ActivityKind.Internal) => s_source.HasListeners() ? s_source.StartActivity(name, kind) : null;

    /// <summary>Says that what the span is about went wrong, by a word of ours or the name of a type.</summary>
    internal static void Fail(this Activity span, string error) => span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
