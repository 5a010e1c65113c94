namespace Dojo.Pci.Bench.Load;

/// <summary>What a load measured. Counts and latencies are of the measured time; <see cref="AllRequests"/> is of all.</summary>
internal sealed class LoadResult
{
    private readonly long[] _byStatus = new long[600];
    private long _broken;
    private long _all;

    /// <summary>How long was measured.</summary>
    public TimeSpan Measured { get; set; }

    /// <summary>Latencies of the requests that were answered with a success.</summary>
    public LatencyHistogram Successes { get; } = new();

    /// <summary>Latencies of the others that were answered.</summary>
    public LatencyHistogram Refusals { get; } = new();

    /// <summary>By how much requests of a fixed rate were sent later than intended; empty where there is no rate.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Requests that were answered at all, also while warming up and at the end.</summary>
    public long AllRequests => _all;

    /// <summary>Connections that ended by themselves.</summary>
    public long Broken => _broken;

    /// <summary>Requests that had no answer long after the end.</summary>
    public long Unanswered { get; set; }

    /// <summary>Successes per second.</summary>
    public double Rate => Measured > TimeSpan.Zero ? Successes.Count / Measured.TotalSeconds : 0;

    /// <summary>How many were answered with a status.</summary>
    public long CountOf(int status) => _byStatus[status];

    /// <summary>How many were answered with no success.</summary>
    public long Refused => Refusals.Count;

    /// <summary>Why a run with errors is none, or null.</summary>
    public string? Fault => Successes.Count == 0 || Broken > 0 || Unanswered > 0 || Refused > 0
        ? $"{Successes.Count} successes, {Unanswered} unanswered, {Broken} broken connections; other answers: {string.Join(", ", Others())}"
        : null;

    /// <summary>Takes in an answer.</summary>
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
