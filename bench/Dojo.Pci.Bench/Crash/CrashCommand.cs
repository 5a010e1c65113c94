using System.CommandLine;
using Spectre.Console;

namespace Dojo.Pci.Bench.Crash;

/// <summary><c>crash</c>: tests whether an acknowledged token can be lost when the process is killed, or when the engine is under stress.</summary>
internal static class CrashCommand
{
    public static Command Build()
    {
        var crash = new Command("crash", "Kills a service again and again under load and looks whether anything was lost, then stresses the log of a database.");
        foreach (var option in CrashOptions.All)
        {
            crash.Options.Add(option);
        }

        crash.SetAction((parsed, ct) => Program.MeasureAsync(ct => RunAsync(CrashOptions.Of(parsed), ct), ct));
        return crash;
    }

    private static async Task<int> RunAsync(CrashOptions options, CancellationToken ct)
    {
        using var workspace = new Workspace();
        var run = new CrashRun(options, workspace, TimeProvider.System, ct);
        var stress = new LogStress(workspace.PathOf("stress.db"));
        Terminal.Errors.WriteLine($"{options.Kills} kills, seed {options.Seed}");
        var faults = await Terminal.Errors.Progress().StartAsync(async progress =>
        {
            var kills = progress.AddTask("kills", maxValue: options.Kills);
            var found = await run.RunAsync(kill => kills.Value = kill);
            if (found.Count > 0)
            {
                return found;
            }

            var frames = progress.AddTask("frames", maxValue: options.Frames);
            return await Task.Run(() => stress.Run(options.Frames, written => frames.Value = written, ct), ct);
        });

        foreach (var fault in faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        await Console.Out.WriteLineAsync(faults.Count == 0
            ? $"pass: {options.Kills} kills, {run.Acknowledged:N0} tokens acknowledged, none lost; every card opens, no half rows, the database is whole. "
                + $"Log: {stress.Frames:N0} frames in {stress.Commits:N0} commits, {stress.Restarts:N0} restarts, {stress.Checkpoints:N0} checkpoints beside them; every row as committed, the file whole."
            : $"FAIL: seed {options.Seed}, {run.Acknowledged:N0} tokens acknowledged.");
        return faults.Count == 0 ? 0 : 1;
    }
}
