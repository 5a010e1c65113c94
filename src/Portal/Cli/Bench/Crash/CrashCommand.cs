using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Portal.Cli.Bench.Crash;

/// <summary><c>bench crash</c>: whether a token that was answered can be lost by a process that is killed, or by an engine under stress.</summary>
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
        IReadOnlyList<string> faults = await run.RunAsync(Say);
        var stress = new LogStress(workspace.PathOf("stress.db"));
        if (faults.Count == 0)
        {
            faults = await Task.Run(() => stress.Run(options.Frames, frames => Say($"{frames:N0} of {options.Frames:N0} frames"), ct), ct);
        }

        foreach (var fault in faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        await Console.Out.WriteLineAsync(faults.Count == 0
            ? $"pass: {options.Kills} kills, {run.Acknowledged:N0} tokens acknowledged, none lost; every card opens, no half rows, the database is whole. "
                + $"Log: {stress.Frames:N0} frames in {stress.Commits:N0} commits, {stress.Restarts:N0} restarts, {stress.Checkpoints:N0} checkpoints beside them; every row as committed, the file whole."
            : $"FAIL: seed {options.Seed}, {run.Acknowledged:N0} tokens acknowledged.");
        return faults.Count == 0 ? 0 : 1;

        static void Say(string progress) => Console.Error.WriteLine(progress);
    }
}
