using System.CommandLine;
using Dojo.Pci.Bench.Crash;
using Dojo.Pci.Bench.Servers;
using Spectre.Console;

namespace Dojo.Pci.Bench;

/// <summary>
/// Measures the product on the machine it runs on, and reports whether it meets its promises (bench/README.md). It uses only temporary directories
/// and free ports of this machine, and touches no existing instance.
/// </summary>
internal static class Program
{
    private const int NotUnderstood = 2;

    // A signal first stops the child processes and deletes the directories.
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromMinutes(1);

    private static async Task<int> Main(string[] arguments)
    {
        var parsed = Build().Parse(arguments);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = s_stopWithin }, CancellationToken.None);
        return parsed.Errors.Count > 0 ? NotUnderstood : exitCode;
    }

    /// <summary>Builds the command line.</summary>
    internal static RootCommand Build()
    {
        var root = new RootCommand("""
            Measures the product on this machine, on temporary instances, and says whether each figure is reached.
            Ends with 0 when everything that ran is as it must be, with 1 when not, with 2 when not understood.
            """)
        {
            CrashCommand.Build(),
            ServeCommand.Build(),
        };
        foreach (var option in BenchOptions.All)
        {
            root.Options.Add(option);
        }

        root.Validators.Add(BenchOptions.Check);
        root.SetAction((parsed, ct) => MeasureAsync(ct => new BenchRun(BenchOptions.Of(parsed), TimeProvider.System, ct).RunAsync(), ct));
        return root;
    }

    /// <summary>Runs work that loads a server from this process, and reports when it was told to stop.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> MeasureAsync(Func<CancellationToken, Task<int>> work, CancellationToken ct)
    {
        SocketSettings.Apply();
        try
        {
            return await work(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Terminal.Errors.WriteLine("Stopped.");
            return 1;
        }
    }
}
