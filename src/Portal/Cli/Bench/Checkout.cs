namespace Dojo.Pci.Portal.Cli.Bench;

/// <summary>The sources that this program was built from, where it runs beside them: some measurements need what is only there.</summary>
internal static class Checkout
{
    private const string Solution = "Dojo.Pci.Portal.sln";

    /// <summary>The directory of the solution; null where the program runs without its sources.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
