using System.Runtime.InteropServices;
using Dojo.Pci.Portal.Cli.Bench.Crash;
using Dojo.Pci.Portal.Cli.Bench.Servers;

namespace Dojo.Pci.Portal.Cli.Bench;

/// <summary>
/// <c>bench</c>: measures the product on the machine it runs on, and says whether it reaches what it promises (bench/README.md). Works on
/// temporary directories and free ports of this machine alone; touches no instance that there is.
/// </summary>
internal static class BenchCommand
{
    public const string Verb = "bench";

    /// <summary>Lets the thread that waits for sockets do the work of the load: half the processor time a request.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>How many such threads there are.</summary>
    public const string SocketThreads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [ServeCommand.Word, .. var serve])
        {
            return await ServeCommand.RunAsync(serve);
        }

        // Read by the runtime when it first waits for a socket, which is later.
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(SocketThreads, "1");

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return arguments switch
            {
                [CrashCommand.Word, .. var crash] => await CrashCommand.RunAsync(crash, stop.Token),
                _ when BenchOptions.TryParse(arguments, out var options) => await new BenchRun(options, TimeProvider.System, stop.Token).RunAsync(),
                _ => await CommandLine.RefuseAsync(BenchOptions.Usage),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }

        // Whatever is under way is given up in order: children ended, directories deleted.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
