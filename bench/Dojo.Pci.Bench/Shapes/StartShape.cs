using System.ComponentModel;
using System.Diagnostics;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The time from the start of the published program's process to the first answered tokenization, on an existing database.</summary>
internal static class StartShape
{
    private const string Name = "start";
    private static readonly TimeSpan s_publishWithin = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_startWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(2);

    public static async Task RunAsync(BenchRun run)
    {
        IReadOnlyList<string> keys;
        await using (var product = await run.ServeAsync(ServerKind.Product))
        {
            keys = product.Keys.Production;
        }

        var (program, what) = await PublishAsync(run);
        var starts = new LatencyHistogram();
        var seconds = new List<double>();
        for (var start = 0; start < (run.Options.Quick ? 2 : 5); start++)
        {
            var took = await StartAsync(run, program, keys);
            starts.Record(took);
            seconds.Add(took.TotalSeconds);
        }

        run.Add(new Measurement(Name, "process start to first 200") { Note = what }.With(starts));
        run.Set("start", Statistics.Median(seconds), what);
    }

    private static async Task<(string? Program, string What)> PublishAsync(BenchRun run)
    {
        const string AsBuilt = "as built";
        if (run.Options.Quick)
        {
            return (null, AsBuilt);
        }

        run.Say("start: publishing");
        var target = run.Workspace.PathOf("published");
        var publish = new ProcessStartInfo("dotnet", ["publish", Product.Project, "-c", "Release", "-v", "q", "--nologo", "-o", target]) { WorkingDirectory = Checkout.Root };
        try
        {
            var program = Path.Combine(target, Product.Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
            return await ChildProcess.RunAsync(publish, s_publishWithin, run.Ct) == 0 && File.Exists(program) ? (program, "as published") : (null, $"{AsBuilt}: it could not be published");
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            return (null, $"{AsBuilt}: it could not be published");
        }
    }

    private static async Task<TimeSpan> StartAsync(BenchRun run, string? program, IReadOnlyList<string> keys)
    {
        var home = await run.Datasets.WorkingCopyAsync(ServerKind.Product);
        var server = ServerProcess.FreePort();
        IReadOnlyList<string> arguments = [.. Product.Settings(home), .. Product.ListeningOn(server)];
        var start = program is null ? ChildProcess.Dotnet(Product.Assembly, arguments) : ChildProcess.StartInfo(program, arguments);
        using var client = new SingleClient(server, Traffic.Spread(keys));
        var begin = run.Clock.GetTimestamp();
        using var process = ChildProcess.StartQuietly(start);
        try
        {
            while (await Task.Run(client.TryAsk, run.Ct) != StatusCodes.Status200OK)
            {
                if (process.HasExited || run.Clock.GetElapsedTime(begin) > s_startWithin)
                {
                    throw new InvalidOperationException(process.HasExited ? $"The program ended with {process.ExitCode}." : $"The program did not answer within {s_startWithin}.");
                }

                await Task.Delay(s_poll, run.Clock, run.Ct);
            }

            return run.Clock.GetElapsedTime(begin);
        }
        finally
        {
            await ChildProcess.EndAsync(process);
        }
    }
}
