namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Lists that the program carries, a line for each entry; lines that begin with <c>#</c> explain them.</summary>
internal static class EmbeddedLists
{
    /// <summary>The entries of a list in <c>Data/</c>.</summary>
    public static IEnumerable<string> ReadLines(string name)
    {
        using var stream = typeof(EmbeddedLists).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program lacks its list {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
