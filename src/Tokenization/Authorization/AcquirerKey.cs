namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The key that is shown to the acquirer: one line of a file that its owner alone can read.</summary>
public static class AcquirerKey
{
    private const int ShortestKey = 16;
    private const int LongestFile = 1024;
    private const string Name = "The acquirer's key";

    /// <summary>Everything that makes a key file unfit for use, its links followed; empty when it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (path.Length == 0)
        {
            return ["Acquirer:ApiKeyFile is missing: an acquirer is configured, and it has to know who asks."];
        }

        if (FileStatus.Of(path) is not { } file)
        {
            return [$"Acquirer:ApiKeyFile {path} does not exist."];
        }

        var faults = PathSafety.ForThisProcess.FaultsOfSecret(Name, path).ToList();
        if (file.Kind != FileKind.Regular)
        {
            return faults;
        }

        try
        {
            if (file.Length > LongestFile || !IsKey(ReadText(path)))
            {
                faults.Add($"The acquirer's key {path} is not one line of at least {ShortestKey} visible ASCII characters.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"The acquirer's key {path} cannot be read by this service.");
        }

        return faults;
    }

    /// <summary>What is wrong with where a key file is: production does not take it, development may.</summary>
    public static IReadOnlyList<string> FaultsOfPlace(string path) => PathSafety.ForThisProcess.FaultsOfSecretPlace(Name, path);

    /// <exception cref="StartRefusedException">The file is not fit for use.</exception>
    internal static string Load(string path)
    {
        var faults = FaultsOf(path);
        return faults.Count == 0 ? ReadText(path) : throw new StartRefusedException(faults);
    }

    private static string ReadText(string path) => File.ReadAllText(path).Trim();

    private static bool IsKey(string text) => text.Length >= ShortestKey && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
