namespace Dojo.Pci.Bench;

/// <summary>The checkout that this program was built in. It also holds the product and the other files that a measurement needs.</summary>
internal static class Checkout
{
    private const string Solution = "Dojo.Pci.Portal.sln";

    /// <summary>The directory that contains the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file of the checkout.</summary>
    /// <param name="path">Its path from the root, with slashes.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {Solution}: run this from a checkout.");
    }
}
