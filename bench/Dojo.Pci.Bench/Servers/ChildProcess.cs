using System.Diagnostics;

namespace Dojo.Pci.Bench.Servers;

/// <summary>Runs child processes with a time limit.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end and discards its output.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    /// <exception cref="TimeoutException">It took too long and was killed.</exception>
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

    /// <summary>Start information for a program under load: its environment contains none of the load generator's settings.</summary>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        SocketSettings.Remove(start.Environment);
        return start;
    }

    /// <summary>The same for an assembly of a .NET program.</summary>
    public static ProcessStartInfo Dotnet(string assembly, IEnumerable<string> arguments) => StartInfo(DotnetHost(), [assembly, .. arguments]);

    /// <summary>Starts a program and discards its output.</summary>
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

    /// <summary>Kills a program and its child processes, if it is still running.</summary>
    public static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // The SDK passes the path of its host to its child processes.
    private static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    // The output must be read, or the program blocks on a full pipe.
    private static void Ignore(object sender, DataReceivedEventArgs line)
    {
    }
}
