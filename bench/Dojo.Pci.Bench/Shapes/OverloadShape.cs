using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// Ten times the usual number of requests in flight: answered requests must not take much longer, the rest must be refused quickly, memory must stay
/// bounded, and the service must recover soon afterwards.
/// </summary>
internal static class OverloadShape
{
    private const string Name = "overload";
    private const int Connections = 64;
    private const int Times = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(BenchRun run)
    {
        await using var product = await run.ServeAsync(ServerKind.Product);
        var posts = Traffic.Spread(product);
        var normal = new LoadCase("product, normal", product, posts, Connections);
        await normal.MeasureAsync(run);
        var normalP99 = normal.Latencies.Percentile(0.99);

        var duration = run.Options.Full ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(15);
        var flood = new LoadCase($"product, {Times} times as much", product, posts, Connections * Times);
        run.Say($"{flood.Name}: {duration.TotalSeconds:0} s");
        var recovery = TimeSpan.Zero;
        var round = await flood.MeasureAsync(run, async () =>
        {
            var load = await ClosedLoop.RunAsync(product.Address, posts, flood.Connections, TimeSpan.FromSeconds(1), duration, run.Clock, run.Ct);
            recovery = await RecoverAsync(run, product, posts, normalP99 * 2);
            return load;
        });

        var (answered, refused) = (round.Load.Successes, round.Load.Refusals);
        run.Add(normal.ToMeasurement(Name));
        run.Add(flood.ToMeasurement(Name) with { Note = $"{round.Load.Broken} broken connections; at most {round.PeakBytes / 1e6:0} MB" });
        run.Add(new Measurement(Name, "those refused with 503 or 429")
        {
            Connections = flood.Connections,
            Rate = refused.Count / duration.TotalSeconds,
            Note = $"{round.Load.CountOf(503)} × 503, {round.Load.CountOf(429)} × 429",
        }.With(refused));
        run.Set("overload-p99", answered.Percentile(0.99) / normalP99, $"{answered.Percentile(0.99).TotalMilliseconds:0} ms; {duration.TotalSeconds:0} s");
        run.Set("overload-recovery", recovery.TotalSeconds);
    }

    // The service has recovered when it answers successive single requests as quickly as before.
    private static async Task<TimeSpan> RecoverAsync(BenchRun run, ServerProcess product, IRequests posts, TimeSpan quickly)
    {
        using var client = new SingleClient(product.Address, posts);
        var begin = run.Clock.GetTimestamp();
        while (run.Clock.GetElapsedTime(begin) < s_patience)
        {
            var sent = run.Clock.GetTimestamp();
            var status = await Task.Run(client.TryAsk, run.Ct);
            if (status == StatusCodes.Status200OK && run.Clock.GetElapsedTime(sent) <= quickly)
            {
                return run.Clock.GetElapsedTime(begin);
            }
        }

        return s_patience;
    }
}
