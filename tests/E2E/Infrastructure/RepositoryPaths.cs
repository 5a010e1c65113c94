namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>Paths in the repository, derived from where the tests were built.</summary>
internal static class RepositoryPaths
{
    private const string Solution = "Dojo.Pci.Portal.sln";

    public static string Root { get; } = FindRoot();

    /// <summary>The portal, built in the same configuration and for the same framework as these tests.</summary>
    public static string PortalAssembly { get; } = Find("src/Portal", "Dojo.Pci.Portal.dll");

    /// <summary>The benchmark, built the same way.</summary>
    public static string BenchAssembly { get; } = Find("bench/Dojo.Pci.Bench", "Dojo.Pci.Bench.dll");

    /// <summary>Output for people, which is not in the repository.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {Solution}.");
    }

    private static string Find(string project, string assembly)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!.Name;
        var path = Path.Combine(Root, project, "bin", configuration, framework.Name, assembly);
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"A program is not built: {path} is missing. Building the tests builds it.");
    }
}
