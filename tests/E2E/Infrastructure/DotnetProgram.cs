using System.Diagnostics;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>Programs of this repository, run as processes.</summary>
internal static class DotnetProgram
{
    /// <summary>How a program is started so that what it prints can be read.</summary>
    public static ProcessStartInfo StartInfo(string assembly, IEnumerable<string> arguments) => new(Host(), [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    /// <summary>Runs a program to its end. One that is given up is ended, with what it has started.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Printed)> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(ct);
            var printed = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, printed + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // The tests run in a host of their own, so the SDK's is asked for by the name it gives its children.
    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
