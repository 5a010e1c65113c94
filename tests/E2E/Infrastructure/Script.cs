using System.Diagnostics;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>Runs scripts and programs that readers of the documentation would run, in a temporary folder.</summary>
internal static class Script
{
    /// <summary>Runs a bash script, which stops at the first command that fails.</summary>
    /// <param name="script">The script.</param>
    /// <param name="variables">The environment variables to add.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script, IReadOnlyDictionary<string, string> variables, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("dojo-pci-script-").FullName;
        try
        {
            return await RunAsync("bash", ["-euo", "pipefail", "-c", script], variables, folder, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs a program.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">The environment variables to add.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            // Something is left to kill only after a cancelled test.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
