using System.ComponentModel;
using System.Diagnostics;

namespace Dojo.Pci.Bench.Servers;

/// <summary>Makes a server's disk slow: a preloaded library adds 2 ms to each sync, as with a network block device.</summary>
internal static class SlowDisk
{
    private const string Source = "bench/slow-disk/slow_fsync.c";
    private const string Delay = "2000";
    private static readonly TimeSpan s_compileWithin = TimeSpan.FromSeconds(30);

    /// <summary>Returns the environment variables of a server with a slow disk; null, with the reason, where that is not possible.</summary>
    public static async Task<(IReadOnlyDictionary<string, string>? Variables, string WhyNot)> PrepareAsync(Workspace workspace, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "only on Linux: it is done by LD_PRELOAD");
        }

        var library = workspace.PathOf("slow_fsync.so");
        try
        {
            var exitCode = await ChildProcess.RunAsync(new ProcessStartInfo("cc", ["-O2", "-shared", "-fPIC", "-o", library, Checkout.PathOf(Source), "-ldl"]), s_compileWithin, ct);
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
