using System.ComponentModel;
using System.Diagnostics;

namespace Dojo.Pci.Portal.Cli.Bench.Servers;

/// <summary>Makes a server's disk slow: 2 ms more for each sync, as a network block device has, by a library that is loaded before its own.</summary>
internal static class SlowDisk
{
    private const string Source = "slow_fsync.c";
    private const string Delay = "2000";
    private static readonly TimeSpan s_compileWithin = TimeSpan.FromSeconds(30);

    /// <summary>The environment of a server with a slow disk; null, with the reason, where it cannot be made.</summary>
    public static async Task<(IReadOnlyDictionary<string, string>? Variables, string WhyNot)> PrepareAsync(Workspace workspace, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "only on Linux: it is done by LD_PRELOAD");
        }

        var (source, library) = (workspace.PathOf(Source), workspace.PathOf("slow_fsync.so"));
        await using (var file = File.Create(source))
        {
            await typeof(SlowDisk).Assembly.GetManifestResourceStream(Source)!.CopyToAsync(file, ct);
        }

        try
        {
            var exitCode = await ChildProcess.RunAsync(new ProcessStartInfo("cc", ["-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"]), s_compileWithin, ct);
            return exitCode == 0
                ? (new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_PRELOAD"] = library, ["BENCH_FSYNC_DELAY_US"] = Delay }, "")
                : (null, "the C compiler failed");
        }
        catch (Win32Exception)
        {
            return (null, "there is no C compiler; apt-get install gcc");
        }
    }
}
