using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The effect of a disk that adds 2 ms to each sync, on the product and on a commit for each row.</summary>
internal static class SlowDiskShape
{
    private const string Name = "slow-disk";

    public static async Task RunAsync(BenchRun run)
    {
        var (variables, whyNot) = await SlowDisk.PrepareAsync(run.Workspace, run.Ct);
        if (variables is null)
        {
            run.SetNotRun("slow-disk-ratio", whyNot);
            return;
        }

        await using var product = await run.ServeAsync(ServerKind.Product, variables);
        await using var gated = await run.ServeAsync(ServerKind.Gated, variables);
        var product64 = new LoadCase("product, slow disk", product, Traffic.Spread(product), 64);
        var gated64 = new LoadCase("gated, slow disk", gated, Traffic.Spread(gated), 64);
        await LoadCase.InTurnAsync(run, 3, [product64, gated64]);
        run.Add(product64.ToMeasurement(Name));
        run.Add(gated64.ToMeasurement(Name));
        run.Set("slow-disk-ratio", product64.RatioTo(gated64, round => round.Load.Rate));
    }
}
