namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Reads lists that are embedded in the program, one entry per line; lines that begin with <c>#</c> are comments.</summary>
internal static class EmbeddedLists
{
    /// <summary>Returns the entries of a list in <c>Data/</c>.</summary>
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
