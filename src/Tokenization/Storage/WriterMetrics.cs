using System.Diagnostics.Metrics;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The metrics of the writer and its log.</summary>
internal sealed class WriterMetrics : IDisposable
{
    private const double WeightOfLast = 0.1;

    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Storage");
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _commits;
    private readonly Counter<long> _failed;
    private double _writesPerCommit;

    public WriterMetrics()
    {
        _batches = _meter.CreateHistogram(
            "vault.write.batch.size", "{write}", "Pieces of work that one commit made durable.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _commits = _meter.CreateHistogram("vault.commit.duration", "s", "Time from the beginning of a batch to the return of its commit.", advice: VaultTelemetry.Milliseconds);
        _failed = _meter.CreateCounter<long>("vault.commit.failures", "{commit}", "Batches of which nothing was stored.");
    }

    /// <summary>Registers the gauges, which call these functions when they are read.</summary>
    /// <param name="queue">The number of pieces of work that wait.</param>
    /// <param name="log">The length of the write-ahead log in bytes.</param>
    /// <param name="isOut">Whether nothing can be written.</param>
    public void Watch(Func<int> queue, Func<long> log, Func<bool> isOut)
    {
        _meter.CreateObservableGauge("vault.write.queue.length", queue, "{write}", "Pieces of work that wait for the writer.");
        _meter.CreateObservableGauge("vault.log.size", log, "By", "Length of the database's write-ahead log.");
        _meter.CreateObservableGauge("vault.outage", () => isOut() ? 1 : 0, "{outage}", "1 while nothing can be written, else 0.");
    }

    /// <inheritdoc cref="IDatabase.WritesPerCommit"/>
    public double WritesPerCommit => Volatile.Read(ref _writesPerCommit);

    public void Committed(int writes, TimeSpan time)
    {
        Volatile.Write(ref _writesPerCommit, _writesPerCommit + ((writes - _writesPerCommit) * WeightOfLast));
        _batches.Record(writes);
        _commits.Record(time.TotalSeconds);
    }

    public void Failed() => _failed.Add(1);

    public void Dispose() => _meter.Dispose();
}
