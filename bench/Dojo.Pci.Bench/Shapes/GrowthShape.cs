using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>How much of the rate remains when the table has grown. Each round compares a fresh small table with a large one, on newly started servers.</summary>
internal static class GrowthShape
{
    private const string Name = "growth";
    private const int Connections = 64;
    private const int SmallRows = 10_000;
    private const int LargeRows = 5_000_000;
    private const int Rounds = 5;

    public static async Task RunAsync(BenchRun run)
    {
        var rows = run.Datasets.RowsFor(LargeRows);
        var large = await run.Datasets.GetAsync(rows);
        var small = await run.Datasets.GetSmallAsync(SmallRows);
        var (ofSmall, ofLarge) = (new List<LoadCase>(), new List<LoadCase>());
        for (var round = 1; round <= Rounds; round++)
        {
            run.Say($"growth: round {round} of {Rounds}");
            var copy = run.Workspace.Copy(small);
            ofSmall.Add(await MeasureAsync(run, copy));
            ofLarge.Add(await MeasureAsync(run, large));
            copy.Delete();
        }

        run.Add(Sum(ofSmall, $"product, {SmallRows:N0} rows"));
        run.Add(Sum(ofLarge, $"product, {rows:N0} rows"));
        run.Set("growth", Statistics.Median(ofLarge.Zip(ofSmall, (one, other) => one.Rate / other.Rate)), $"{rows:N0} rows");
    }

    private static async Task<LoadCase> MeasureAsync(BenchRun run, VaultHome home)
    {
        await using var server = await ServerProcess.StartAsync(ServerKind.Product, home, BenchRun.Locations, variables: null, run.Ct);
        var measured = new LoadCase("", server, Traffic.Spread(server), Connections);
        await measured.MeasureAsync(run);
        return measured;
    }

    private static Measurement Sum(IReadOnlyList<LoadCase> cases, string name)
    {
        var latencies = new LatencyHistogram();
        foreach (var each in cases)
        {
            latencies.Add(each.Latencies);
        }

        return new Measurement(Name, name) { Connections = Connections, Rate = Statistics.Median(cases.Select(each => each.Rate)) }.With(latencies);
    }
}
