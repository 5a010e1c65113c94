using System.Diagnostics;

namespace Dojo.Pci.Bench.Servers;

/// <summary>Programs that are run for a while. None outlives its time.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end, without a word from it.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    /// <exception cref="TimeoutException">It took too long, and was ended.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, TimeSpan within, CancellationToken ct)
    {
        using var process = StartQuietly(start);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{start.FileName} did not end within {within}.", exception);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    /// <summary>How a program is started that is loaded: with an environment that knows nothing of how the load is made.</summary>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        SocketSettings.Remove(start.Environment);
        return start;
    }

    /// <summary>The same for an assembly that has a program of .NET in it.</summary>
    public static ProcessStartInfo Dotnet(string assembly, IEnumerable<string> arguments) => StartInfo(DotnetHost(), [assembly, .. arguments]);

    /// <summary>Starts a program of which nothing is read.</summary>
    public static Process StartQuietly(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true, true);
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Ignore;
        process.ErrorDataReceived += Ignore;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Ends a program and what it has started, if it still runs.</summary>
    public static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // The SDK's, by the name it gives to what it starts.
    private static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    // What is printed must be read, or the program stops at a full pipe.
    private static void Ignore(object sender, DataReceivedEventArgs line)
    {
    }
}
