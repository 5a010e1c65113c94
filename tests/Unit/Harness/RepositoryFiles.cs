using System.Runtime.CompilerServices;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>The files of this repository other than test code.</summary>
internal static class RepositoryFiles
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", ".."));

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
