using System.Security.Cryptography;

namespace Dojo.Pci.Portal.Cli.Bench.Crash;

/// <summary><c>bench crash</c>: whether a token that was answered can be lost by a process that is killed.</summary>
internal static class CrashCommand
{
    public const string Word = "crash";

    public static async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        if (!CrashOptions.TryParse(arguments, RandomNumberGenerator.GetInt32(int.MaxValue), out var options))
        {
            return await CommandLine.RefuseAsync(BenchOptions.Usage);
        }

        using var workspace = new Workspace();
        var run = new CrashRun(options, workspace, TimeProvider.System, ct);
        await Console.Error.WriteLineAsync($"{options.Kills} kills, seed {options.Seed}");
        var faults = await run.RunAsync(progress => Console.Error.WriteLine(progress));
        foreach (var fault in faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        await Console.Out.WriteLineAsync(faults.Count == 0
            ? $"pass: {options.Kills} kills, {run.Acknowledged:N0} tokens acknowledged, none lost; every card opens, no half rows, the database is whole."
            : $"FAIL: seed {options.Seed}, {run.Acknowledged:N0} tokens acknowledged.");
        return faults.Count == 0 ? 0 : 1;
    }
}
