using System.Diagnostics;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Does to the machine what only its administrator may: these tests need root, or sudo without a password, as <c>./test</c> does for packages.</summary>
internal static class Machine
{
    public static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(Environment.IsPrivilegedProcess ? new ProcessStartInfo(command, arguments) : new ProcessStartInfo("sudo", ["-n", command, .. arguments]))!;

        // Not the test's token: what was mounted is unmounted also after a test that was cancelled.
        await process.WaitForExitAsync(CancellationToken.None);
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)}");
    }
}

/// <summary>A mount on a directory of its own, gone with the object.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private Mount()
    {
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("dojo-pci-mount-").FullName;

    /// <summary>A file system in memory that holds this many megabytes.</summary>
    public static async Task<Mount> SmallAsync(int megabytes)
    {
        var mount = new Mount();
        await Machine.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", mount.Path);
        return mount;
    }

    /// <summary>A directory seen through a mount that cannot be written.</summary>
    public static async Task<Mount> ReadOnlyViewAsync(string directory)
    {
        var mount = new Mount();
        await Machine.RunAsync("mount", "--bind", directory, mount.Path);
        await Machine.RunAsync("mount", "-o", "remount,bind,ro", mount.Path);
        return mount;
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.RunAsync("umount", Path);
        Directory.Delete(Path);
    }
}
