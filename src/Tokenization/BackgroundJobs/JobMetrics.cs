using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>The metrics of the background jobs.</summary>
internal sealed class JobMetrics : IDisposable
{
    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Jobs");
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _runs;
    private readonly ConcurrentDictionary<string, long> _lastSuccess = new(StringComparer.Ordinal);

    public JobMetrics(TimeProvider clock)
    {
        _clock = clock;
        _runs = _meter.CreateHistogram("vault.job.duration", "s", "Time that a run of a background job took, by job and outcome.", advice: VaultTelemetry.Seconds);
        _meter.CreateObservableGauge("vault.job.since_success", Ages, "s", "Time since a background job last ran to its end, or since the start. That of TokenIndexing is how far SQLite's index of tokens may be behind.");
    }

    /// <summary>Counts a job's age from now: its loop has begun, or another node runs it.</summary>
    public void Begin(string job) => _lastSuccess[job] = _clock.GetTimestamp();

    /// <summary>Records the end of a run.</summary>
    public void Ran(string job, long started, bool succeeded)
    {
        if (succeeded)
        {
            _lastSuccess[job] = _clock.GetTimestamp();
        }

        if (_runs.Enabled)
        {
            _runs.Record(_clock.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("job", job), new KeyValuePair<string, object?>("outcome", succeeded ? "done" : "failed"));
        }
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Ages() => _lastSuccess.Select(
        job => new Measurement<double>(_clock.GetElapsedTime(job.Value).TotalSeconds, new KeyValuePair<string, object?>("job", job.Key)));
}
