namespace Dojo.Pci.Bench.Load;

/// <summary>The results of a load. Counts and latencies cover the measured time; <see cref="AllRequests"/> covers the whole run.</summary>
internal sealed class LoadResult
{
    private readonly long[] _byStatus = new long[600];
    private long _broken;
    private long _all;

    /// <summary>The length of the measured time.</summary>
    public TimeSpan Measured { get; set; }

    /// <summary>Latencies of the successful requests.</summary>
    public LatencyHistogram Successes { get; } = new();

    /// <summary>Latencies of the other answered requests.</summary>
    public LatencyHistogram Refusals { get; } = new();

    /// <summary>How much later than intended the requests of a fixed rate were sent; empty when there is no rate.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>All answered requests, including those of the warm-up and after the end.</summary>
    public long AllRequests => _all;

    /// <summary>Connections that broke.</summary>
    public long Broken => _broken;

    /// <summary>Requests still unanswered long after the end.</summary>
    public long Unanswered { get; set; }

    /// <summary>Successes per second.</summary>
    public double Rate => Measured > TimeSpan.Zero ? Successes.Count / Measured.TotalSeconds : 0;

    /// <summary>The number of answers with a status.</summary>
    public long CountOf(int status) => _byStatus[status];

    /// <summary>The number of answers that were not a success.</summary>
    public long Refused => Refusals.Count;

    /// <summary>Why the run is invalid, or null when it is valid.</summary>
    public string? Fault => Successes.Count == 0 || Broken > 0 || Unanswered > 0 || Refused > 0
        ? $"{Successes.Count} successes, {Unanswered} unanswered, {Broken} broken connections; other answers: {string.Join(", ", Others())}"
        : null;

    /// <summary>Records an answer.</summary>
    public void Record(int status, TimeSpan latency, bool isMeasured)
    {
        Interlocked.Increment(ref _all);
        if (isMeasured)
        {
            Interlocked.Increment(ref _byStatus[status]);
            (status is >= 200 and < 300 ? Successes : Refusals).Record(latency);
        }
    }

    public void RecordBroken() => Interlocked.Increment(ref _broken);

    private IEnumerable<string> Others() =>
        Enumerable.Range(0, _byStatus.Length).Where(status => status is < 200 or >= 300 && _byStatus[status] > 0).Select(status => $"{_byStatus[status]} × {status}");
}
