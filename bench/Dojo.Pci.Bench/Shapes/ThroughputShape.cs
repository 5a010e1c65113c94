using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// The number of durable tokenizations per second, and the cost of each: closed loop, in turn with the bare echo and the two usual ways of writing.
/// </summary>
internal static class ThroughputShape
{
    private const string Name = "throughput";

    public static async Task RunAsync(BenchRun run)
    {
        await using var echo = await ServerProcess.StartAsync(ServerKind.Echo, home: null, locations: 0, variables: null, run.Ct);
        await using var product = await run.ServeAsync(ServerKind.Product);
        await using var naive = run.Options.Quick ? null : await run.ServeAsync(ServerKind.Naive);
        await using var gated = run.Options.Quick ? null : await run.ServeAsync(ServerKind.Gated);

        var spread = Traffic.Spread(product);
        var echo64 = new LoadCase("echo", echo, Traffic.Echo(), 64);
        var product64 = new LoadCase("product", product, spread, 64);
        var product16 = new LoadCase("product", product, spread, 16);
        var product1 = new LoadCase("product", product, spread, 1);
        var naive64 = naive is null ? null : new LoadCase("naive", naive, Traffic.Spread(naive), 64);

        // A single short round runs on a server that the case before has warmed up.
        LoadCase[] cases = naive64 is null || gated is null
            ? [echo64, product16, product64]
            : [echo64, product64, naive64, new LoadCase("gated", gated, Traffic.Spread(gated), 64), product16, product1];
        await LoadCase.InTurnAsync(run, run.Options.Quick ? 1 : 5, cases);
        foreach (var each in cases)
        {
            run.Add(each.ToMeasurement(Name));
        }

        run.Set("echo-ratio", product64.RatioTo(echo64, round => round.Load.Rate));
        if (naive64 is not null)
        {
            run.Set("naive-ratio", product64.RatioTo(naive64, round => round.Load.Rate));
        }

        run.Set("cpu-ratio", product64.RatioTo(echo64, round => round.CpuMicroseconds));
        run.Set("allocation", product64.Median(round => round.Bytes) / 1024);
        run.Set("p99-16", product16.Latencies.Percentile(0.99).TotalMilliseconds);
        run.Set("p99-64", product64.Latencies.Percentile(0.99).TotalMilliseconds);
        run.Set("memory", product64.PeakBytes / 1e6);
    }
}
