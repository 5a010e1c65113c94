using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>Tokenizations at a rate that the service can easily sustain: how long a caller waits.</summary>
internal static class OpenLoopShape
{
    private const string Name = "open-loop";
    private const int PerSecond = 1000;
    private const int Connections = 256;

    public static async Task RunAsync(BenchRun run)
    {
        await using var product = await run.ServeAsync(ServerKind.Product);
        var spread = new LoadCase($"product, {PerSecond:N0}/s", product, Traffic.Spread(product), Connections);
        var duration = run.Options.Quick ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(60);
        run.Say($"{spread.Name}: {duration.TotalSeconds:0} s");
        var round = await spread.MeasureAsync(
            run, () => OpenLoop.RunAsync(product.Address, spread.Requests, PerSecond, Connections, WarmUpOf(run), duration, run.Clock, run.Ct));
        run.Add(spread.ToMeasurement(Name) with { Connections = 0, Note = Describe(round.Load) });
        run.Set("open-loop-p99", round.Load.Successes.Percentile(0.99).TotalMilliseconds, $"{duration.TotalSeconds:0} s");
    }

    /// <summary>
    /// How long to load a service before measuring: until its code has reached its final compilation tier. A fixed rate leaves a service that is
    /// still compiling no time to catch up.
    /// </summary>
    public static TimeSpan WarmUpOf(BenchRun run) => TimeSpan.FromSeconds(run.Options.Quick ? 3 : 15);

    /// <summary>Describes whether the generator kept up, and what went wrong.</summary>
    public static string Describe(LoadResult load) =>
        $"sent late by {load.Lateness.Percentile(0.99).TotalMilliseconds:0.0} ms at p99{(load.Fault is { } fault ? $"; {fault}" : "")}";
}
