using Dojo.Pci.Portal.Cli.Bench.Servers;

namespace Dojo.Pci.Portal.Cli.Bench.Shapes;

/// <summary>What is left of the rate when the table has grown: a small one, anew for each round, beside a large one.</summary>
internal static class GrowthShape
{
    private const string Name = "growth";
    private const int SmallRows = 10_000;
    private const int LargeRows = 5_000_000;
    private const int Rounds = 5;

    public static async Task RunAsync(BenchRun run)
    {
        var rows = run.Datasets.RowsFor(LargeRows);
        var small = run.Workspace.Copy(await run.Datasets.GetSmallAsync(SmallRows));
        await using var large = await ServerProcess.StartAsync(
            ServeCommand.Product, await run.Datasets.GetAsync(rows), BenchRun.Locations, variables: null, run.Ct);
        var largeCase = new LoadCase($"product, {rows:N0} rows", large, Traffic.Spread(large), 64);
        var (ratios, rates, latencies) = (new List<double>(), new List<double>(), new Load.LatencyHistogram());
        for (var round = 1; round <= Rounds; round++)
        {
            run.Say($"growth: round {round} of {Rounds}");
            var copy = run.Workspace.Copy(small);
            await using (var server = await ServerProcess.StartAsync(ServeCommand.Product, copy, BenchRun.Locations, variables: null, run.Ct))
            {
                var smallCase = new LoadCase("", server, Traffic.Spread(server), 64);
                await smallCase.MeasureAsync(run);
                await largeCase.MeasureAsync(run);
                ratios.Add(largeCase.Rounds[^1].Load.Rate / smallCase.Rate);
                rates.Add(smallCase.Rate);
                latencies.Add(smallCase.Latencies);
            }

            copy.Delete();
        }

        run.Add(new Measurement(Name, $"product, {SmallRows:N0} rows") { Connections = 64, Rate = Statistics.Median(rates) }.With(latencies));
        run.Add(largeCase.ToMeasurement(Name));
        run.Set("growth", Statistics.Median(ratios), $"{rows:N0} rows");
    }
}
