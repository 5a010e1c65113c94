using System.Diagnostics;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Changes the machine in ways that need an administrator: these tests require root, or sudo without a password, as <c>./test</c> does for packages.</summary>
internal static class Machine
{
    public static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(Environment.IsPrivilegedProcess ? new ProcessStartInfo(command, arguments) : new ProcessStartInfo("sudo", ["-n", command, .. arguments]))!;

        // Not the test's token: mounts must also be unmounted after a cancelled test.
        await process.WaitForExitAsync(CancellationToken.None);
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)}");
    }
}

/// <summary>A mount on its own directory, unmounted when the object is disposed.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private Mount()
    {
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("dojo-pci-mount-").FullName;

    /// <summary>Mounts a file system in memory of the given size in megabytes.</summary>
    public static async Task<Mount> SmallAsync(int megabytes)
    {
        var mount = new Mount();
        await Machine.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", mount.Path);
        return mount;
    }

    /// <summary>Mounts a read-only view of a directory.</summary>
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
