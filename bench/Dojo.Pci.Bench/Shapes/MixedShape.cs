using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>Point reads at a fixed rate while tokens are written at another rate.</summary>
internal static class MixedShape
{
    private const string Name = "mixed";
    private const int ReadsPerSecond = 5000;
    private const int WritesPerSecond = 1000;
    private const int Connections = 128;

    public static async Task RunAsync(BenchRun run)
    {
        await using var product = await run.ServeAsync(ServerKind.Product);
        var tokens = await TokenSample.TakeAsync(run, product);
        var reads = new LoadCase($"point reads, {ReadsPerSecond:N0}/s", product, new GetRequests(tokens), Connections);
        var posts = Traffic.Spread(product);
        var warmUp = OpenLoopShape.WarmUpOf(run);
        var duration = run.Options.Quick ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(30);
        run.Say($"{reads.Name} beside {WritesPerSecond:N0} writes/s: {duration.TotalSeconds:0} s");
        LoadResult? written = null;
        var round = await reads.MeasureAsync(run, async () =>
        {
            var writing = OpenLoop.RunAsync(product.Address, posts, WritesPerSecond, Connections, warmUp, duration, run.Clock, run.Ct);
            var read = await OpenLoop.RunAsync(product.Address, reads.Requests, ReadsPerSecond, Connections, warmUp, duration, run.Clock, run.Ct);
            written = await writing;
            return read;
        });
        run.Add(reads.ToMeasurement(Name) with { Connections = 0, CpuMicroseconds = null, Bytes = null, GeneratorMicroseconds = null, Note = OpenLoopShape.Describe(round.Load) });
        run.Add(new Measurement(Name, $"writes, {WritesPerSecond:N0}/s") { Rate = written!.Rate, Note = OpenLoopShape.Describe(written) }.With(written.Successes));
        run.Set("point-read-p99", round.Load.Successes.Percentile(0.99).TotalMilliseconds, $"{duration.TotalSeconds:0} s");
    }
}
