using System.ComponentModel;
using System.Diagnostics;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>
/// Compares with Prism, which answers with the examples of an OpenAPI file and stores nothing: what a developer would otherwise use as a sandbox,
/// with the file that Dojo publishes where it is available. Both get the published traffic, in turn, over 16 connections and over one.
/// </summary>
internal static class PrismShape
{
    private const string Name = "prism";
    private const string Install = "bench/prism/install";
    private const string Program = "bench/prism/node_modules/@stoplight/prism-cli/dist/index.js";
    private const string Published = "bench/prism/dojo-openapi.yaml";
    private const string Ours = "src/Portal/Api/OpenApi/v1.json";
    private const int Rounds = 5;
    private static readonly TimeSpan s_startWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(BenchRun run)
    {
        if (!File.Exists(Checkout.PathOf(Program)))
        {
            run.SetNotRun("prism-ratio", $"Prism is not installed; {Install}");
            return;
        }

        await using var product = await run.ServeAsync(ServerKind.Product);
        var server = ServerProcess.FreePort();
        var description = run.Options.OpenApi ?? Checkout.PathOf(File.Exists(Checkout.PathOf(Published)) ? Published : Ours);
        var start = new ProcessStartInfo("node", [Checkout.PathOf(Program), "mock", "--host", $"{server.Address}", "--port", $"{server.Port}", description]);
        Process prism;
        try
        {
            prism = ChildProcess.StartQuietly(start);
        }
        catch (Win32Exception)
        {
            run.SetNotRun("prism-ratio", $"there is no Node; apt-get install nodejs npm, then {Install}");
            return;
        }

        try
        {
            var mock = Traffic.Spread(product.Keys.Production);
            await WaitAsync(run, prism, server, mock);
            var posts = Traffic.Spread(product);
            var (ratio, fault) = await InTurnAsync(run, 16);
            await InTurnAsync(run, 1);
            if (fault.Length == 0)
            {
                run.Set("prism-ratio", ratio, Path.GetFileName(description));
            }
            else
            {
                run.SetNotRun("prism-ratio", $"Prism did not answer all: {fault}");
            }

            async Task<(double Ratio, string Fault)> InTurnAsync(BenchRun run, int connections)
            {
                var ours = new LoadCase("product", product, posts, connections);
                var (ratios, rates, latencies, fault) = (new List<double>(), new List<double>(), new LatencyHistogram(), "");
                for (var round = 1; round <= Rounds; round++)
                {
                    run.Say($"prism, {connections} connections: round {round} of {Rounds}");
                    var theirs = await ClosedLoop.RunAsync(server, mock, connections, TimeSpan.FromSeconds(1), run.Options.Round, run.Clock, run.Ct);
                    await ours.MeasureAsync(run);
                    ratios.Add(ours.Rounds[^1].Load.Rate / theirs.Rate);
                    rates.Add(theirs.Rate);
                    latencies.Add(theirs.Successes);
                    fault = theirs.Fault ?? fault;
                }

                run.Add(new Measurement(Name, "prism") { Connections = connections, Rate = Statistics.Median(rates), Note = fault }.With(latencies));
                run.Add(ours.ToMeasurement(Name));
                return (Statistics.Median(ratios), fault);
            }
        }
        finally
        {
            await ChildProcess.EndAsync(prism);
            prism.Dispose();
        }
    }

    private static async Task WaitAsync(BenchRun run, Process prism, System.Net.IPEndPoint server, IRequests requests)
    {
        using var client = new SingleClient(server, requests);
        var begin = run.Clock.GetTimestamp();
        while (await Task.Run(client.TryAsk, run.Ct) is null)
        {
            if (prism.HasExited || run.Clock.GetElapsedTime(begin) > s_startWithin)
            {
                throw new InvalidOperationException("Prism did not start.");
            }

            await Task.Delay(s_poll, run.Clock, run.Ct);
        }
    }
}
