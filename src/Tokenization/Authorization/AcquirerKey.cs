namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The API key for the acquirer: one line of a file that only its owner can read.</summary>
public static class AcquirerKey
{
    private const int ShortestKey = 16;
    private const int LongestFile = 1024;
    private const string Name = "The acquirer's key";

    /// <summary>Returns every reason why a key file is unfit for use, following links; empty if it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (path.Length == 0)
        {
            return ["Acquirer:ApiKeyFile is missing: the configured acquirer uses the key to identify this service."];
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

    /// <summary>Returns what is wrong with the location of a key file. Production refuses such a location; development may use it.</summary>
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
