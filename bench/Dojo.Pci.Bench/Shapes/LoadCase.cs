using System.Diagnostics;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>What a round of a case measured.</summary>
/// <param name="Load">The answers.</param>
/// <param name="CpuMicroseconds">Processor time of the server for each request, with what it did behind.</param>
/// <param name="Bytes">What the server allocated for each request.</param>
/// <param name="GeneratorMicroseconds">Processor time of the generator for each request.</param>
/// <param name="PeakBytes">The most memory that the server held.</param>
internal sealed record Round(LoadResult Load, double CpuMicroseconds, double Bytes, double GeneratorMicroseconds, long PeakBytes);

/// <summary>A load on a server, measured in several rounds.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Server">What is loaded.</param>
/// <param name="Requests">With what.</param>
/// <param name="Connections">How many requests are under way at once.</param>
internal sealed record LoadCase(string Name, ServerProcess Server, IRequests Requests, int Connections)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    // The compiler is busy in the first seconds of a server; a service runs for months.
    private static readonly TimeSpan s_firstWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_sampleMemoryEvery = TimeSpan.FromMilliseconds(500);
    private readonly List<Round> _rounds = [];

    /// <summary>The rounds so far.</summary>
    public IReadOnlyList<Round> Rounds => _rounds;

    /// <summary>Successes in a second: the median of the rounds.</summary>
    public double Rate => Median(round => round.Load.Rate);

    /// <summary>All latencies.</summary>
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
    /// Measures cases in turn, A B C C B A, so that what changes on the machine changes for all of them, and none is always the one that follows another: two
    /// servers that were the same differed by 3 % in the order A B A B.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="duration">How long a round is; null for as long as usual.</param>
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

    /// <summary>Measures a round of a load of another kind.</summary>
    public async Task<Round> MeasureAsync(BenchRun run, Func<Task<LoadResult>> load)
    {
        if (_rounds.Count == 0)
        {
            await Settling.WaitAsync(() => Server.ProcessorTime, run.Clock, run.Ct); // from its start
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

        // What a request leaves to be done behind is part of what it costs.
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

    /// <summary>The median of what each round of this one is to the same round of another.</summary>
    public double RatioTo(LoadCase other, Func<Round, double> of) =>
        Statistics.Median(_rounds.Zip(other._rounds, (mine, theirs) => of(mine) / of(theirs)));

    /// <summary>This as a line of the report.</summary>
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

/// <summary>What is computed over rounds.</summary>
internal static class Statistics
{
    /// <summary>The value in the middle, or between the two in the middle; 0 for none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
