using System.Diagnostics;
using System.Security.Cryptography;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>The result of a program.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The faults that it reported, one per entry.</summary>
    public IReadOnlyList<string> Faults =>
        [.. Errors.Split('\n').Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).Select(line => line[4..].TrimEnd())];
}

/// <summary>The portal as an operator starts it: a process with an environment and arguments, in its own directory.</summary>
internal sealed class PortalProgram : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("dojo-pci-portal-tests-").FullName;

    public string DataDirectory => Path.Combine(Root, "data");

    public string KeyDirectory => Path.Combine(Root, "keys");

    public string RootKeyFile => Path.Combine(KeyDirectory, "root.key");

    /// <summary>The assembly to start.</summary>
    public string Program { get; set; } = Path.Combine(AppContext.BaseDirectory, "Dojo.Pci.Portal.dll");

    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    public string MakeRootKey(string? directory = null, UnixFileMode mode = UnixFileMode.UserRead)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory ?? KeyDirectory).FullName, "root.key");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));
        SetMode(path, mode);
        return path;
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>Runs the program until it ends by itself, as one that refuses to start or that runs a command does.</summary>
    public async Task<ProgramRun> RunAsync(string environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["DOTNET_ENVIRONMENT"] = environment;
        start.Environment["Portal__DataDirectory"] = DataDirectory;
        start.Environment["Portal__PublicAddress"] = "https://pci.example.com";
        start.Environment["Vault__KeyDirectory"] = KeyDirectory;
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var ct = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromMinutes(5)); // even on a machine under a hundred times the load
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ProgramRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
