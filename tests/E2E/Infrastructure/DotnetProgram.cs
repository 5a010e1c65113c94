using System.Diagnostics;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>Runs programs of this repository as processes.</summary>
internal static class DotnetProgram
{
    /// <summary>Start information for a program whose output is read.</summary>
    public static ProcessStartInfo StartInfo(string assembly, IEnumerable<string> arguments) => new(Host(), [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    /// <summary>Runs a program to its end. On cancellation it is killed, with its child processes.</summary>
    /// <returns>Its exit code and output.</returns>
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

    // The tests run in their own host, so this asks for the SDK's host by the variable that the SDK passes to its children.
    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
