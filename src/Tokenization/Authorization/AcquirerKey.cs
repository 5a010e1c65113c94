namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The key that is shown to the acquirer: one line of a file that its owner alone can read.</summary>
public static class AcquirerKey
{
    private const int ShortestKey = 16;
    private const int LongestFile = 1024;
    private const UnixFileMode MoreThanOwnerNeeds = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Everything that makes a key file unfit for use; empty when it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (path.Length == 0)
        {
            return ["Acquirer:ApiKeyFile is missing: an acquirer is configured, and it has to know who asks."];
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return [$"Acquirer:ApiKeyFile {path} does not exist."];
        }

        var faults = new List<string>();
        if (!OperatingSystem.IsWindows() && (file.UnixFileMode & MoreThanOwnerNeeds) != UnixFileMode.None)
        {
            faults.Add($"The acquirer's key {path} is accessible to others than its owner, or executable. Mend it with: chmod 0400 {path}");
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

    /// <exception cref="StartRefusedException">The file is not fit for use.</exception>
    internal static string Load(string path)
    {
        var faults = FaultsOf(path);
        return faults.Count == 0 ? ReadText(path) : throw new StartRefusedException(faults);
    }

    private static string ReadText(string path) => File.ReadAllText(path).Trim();

    private static bool IsKey(string text) => text.Length >= ShortestKey && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
