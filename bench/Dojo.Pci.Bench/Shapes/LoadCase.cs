using System.Diagnostics;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The results of one round of a case.</summary>
/// <param name="Load">The answers.</param>
/// <param name="CpuMicroseconds">Processor time of the server per request, including its background work, in microseconds.</param>
/// <param name="Bytes">Bytes that the server allocated per request.</param>
/// <param name="GeneratorMicroseconds">Processor time of the generator per request, in microseconds.</param>
/// <param name="PeakBytes">The most memory that the server held, in bytes.</param>
internal sealed record Round(LoadResult Load, double CpuMicroseconds, double Bytes, double GeneratorMicroseconds, long PeakBytes);

/// <summary>A load on a server, measured in several rounds.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Server">The server under load.</param>
/// <param name="Requests">The requests to send.</param>
/// <param name="Connections">The number of requests in flight.</param>
internal sealed record LoadCase(string Name, ServerProcess Server, IRequests Requests, int Connections)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    // The JIT compiler is busy in the first seconds of a server, whereas a service runs for months.
    private static readonly TimeSpan s_firstWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_sampleMemoryEvery = TimeSpan.FromMilliseconds(500);
    private readonly List<Round> _rounds = [];

    /// <summary>The rounds so far.</summary>
    public IReadOnlyList<Round> Rounds => _rounds;

    /// <summary>Successes per second: the median of the rounds.</summary>
    public double Rate => Median(round => round.Load.Rate);

    /// <summary>The latencies of all rounds.</summary>
    public LatencyHistogram Latencies
    {
        get
        {
            var all = new LatencyHistogram();
            _rounds.ForEach(round => all.Add(round.Load.Successes));
            return all;
        }
    }

    /// <summary>The most memory that the server held in any round.</summary>
    public long PeakBytes => _rounds.Max(round => round.PeakBytes);

    /// <summary>
    /// Measures cases in turn, A B C C B A, so that a change on the machine affects all of them and none always follows the same other one: two
    /// identical servers differed by 3 % in the order A B A B.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="rounds">The number of rounds for each case.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="duration">The length of a round; null for the usual one.</param>
    public static async Task InTurnAsync(BenchRun run, int rounds, IReadOnlyList<LoadCase> cases, TimeSpan? duration = null)
    {
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var each in round % 2 == 1 ? cases : cases.Reverse())
            {
                run.Say($"{each.Name}, {each.Connections} connections: round {round} of {rounds}");
                await each.MeasureAsync(run, duration ?? run.Options.Round);
                run.Say($"  {each.Rounds[^1].Load.Rate:N0}/s");
            }
        }
    }

    /// <summary>Measures a round.</summary>
    public Task MeasureAsync(BenchRun run) => MeasureAsync(run, run.Options.Round);

    /// <summary>Measures a round with another kind of load.</summary>
    public async Task<Round> MeasureAsync(BenchRun run, Func<Task<LoadResult>> load)
    {
        if (_rounds.Count == 0)
        {
            await Settling.WaitAsync(() => Server.ProcessorTime, run.Clock, run.Ct); // the work of its start
        }

        var (processorBefore, allocatedBefore) = (Server.ProcessorTime, await Server.GetAllocatedBytesAsync(run.Ct));
        using var self = Process.GetCurrentProcess();
        var ownBefore = self.TotalProcessorTime;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(run.Ct);
        var peak = WatchMemoryAsync(run, end.Token);
        var result = await load();
        Server.WasLoaded = true;
        self.Refresh();
        var own = self.TotalProcessorTime - ownBefore;
        await end.CancelAsync();

        // The background work that a request causes is part of its cost.
        await Settling.WaitAsync(() => Server.ProcessorTime, run.Clock, run.Ct);
        var (processor, allocated) = (Server.ProcessorTime - processorBefore, await Server.GetAllocatedBytesAsync(run.Ct) - allocatedBefore);
        var requests = Math.Max(1, result.AllRequests);
        var round = new Round(
            result,
            processor.TotalMicroseconds / requests,
            (double)allocated / requests,
            own.TotalMicroseconds / requests,
            await peak);
        _rounds.Add(round);
        return round;
    }

    /// <summary>The median over the rounds.</summary>
    public double Median(Func<Round, double> of) => Statistics.Median(_rounds.Select(of));

    /// <summary>The median ratio of each round of this case to the same round of another.</summary>
    public double RatioTo(LoadCase other, Func<Round, double> of) =>
        Statistics.Median(_rounds.Zip(other._rounds, (mine, theirs) => of(mine) / of(theirs)));

    /// <summary>Converts the case to a line of the report.</summary>
    public Measurement ToMeasurement(string shape) => new Measurement(shape, Name)
    {
        Connections = Connections,
        Rate = Rate,
        CpuMicroseconds = Median(round => round.CpuMicroseconds),
        Bytes = Median(round => round.Bytes),
        GeneratorMicroseconds = Median(round => round.GeneratorMicroseconds),
        Note = string.Join("; ", _rounds.Select(round => round.Load.Fault).OfType<string>().Distinct(StringComparer.Ordinal)),
    }.With(Latencies);

    private Task<Round> MeasureAsync(BenchRun run, TimeSpan duration)
    {
        var warmUp = (Server.WasLoaded ? s_warmUp : s_firstWarmUp) / (run.Options.Quick ? 2 : 1);
        return MeasureAsync(run, () => ClosedLoop.RunAsync(Server.Address, Requests, Connections, warmUp, duration, run.Clock, run.Ct));
    }

    private async Task<long> WatchMemoryAsync(BenchRun run, CancellationToken end)
    {
        var peak = 0L;
        while (!end.IsCancellationRequested)
        {
            peak = Math.Max(peak, Server.WorkingSet);
            await Task.Delay(s_sampleMemoryEvery, run.Clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return peak;
    }
}

/// <summary>Statistics over rounds.</summary>
internal static class Statistics
{
    /// <summary>The median: the middle value, or the mean of the two middle values; 0 when there are none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
