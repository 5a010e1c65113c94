using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Deploy;

/// <summary>The release of the committed files, built twice by <c>deploy/release</c>, with the first one unpacked.</summary>
public sealed class Release : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dojo-pci-release-");

    /// <summary>The folder of the first release.</summary>
    public string First => Path.Combine(_root.FullName, "first");

    /// <summary>The folder of the second release.</summary>
    public string Second => Path.Combine(_root.FullName, "second");

    /// <summary>The program's folder after unpacking, as an operator has it.</summary>
    public string Unpacked { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        foreach (var folder in new[] { First, Second })
        {
            var start = new ProcessStartInfo(Path.Combine(RepositoryPaths.Root, "deploy", "release"), [folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };

            // The test runner passes settings of its own build to its children; they must not affect this build.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                start.Environment.Remove(name);
            }

            var (exitCode, printed) = await DotnetProgram.RunAsync(start, ct);
            exitCode.ShouldBe(0, printed);
        }

        await using var file = File.OpenRead(Directory.GetFiles(First, "*.tar.gz").Single());
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, _root.FullName, overwriteFiles: false, ct);
        Unpacked = Directory.GetDirectories(_root.FullName, "dojo-pci-portal-*").Single();

        // Readable by everyone, as below /opt.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
