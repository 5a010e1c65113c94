using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>The secret that the portal presents to the identity provider: one line in a file that only its owner can read.</summary>
internal static class ClientSecret
{
    private const string Name = "The client's secret";

    /// <summary>Lists everything that makes the file unusable; empty if it is usable.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (path.Length == 0)
        {
            return ["SingleSignOn:ClientSecretFile is missing: the configured provider uses it to identify this portal."];
        }

        if (!File.Exists(path))
        {
            return [$"SingleSignOn:ClientSecretFile {path} does not exist."];
        }

        var faults = PathSafety.ForThisProcess.FaultsOfSecret(Name, path).ToList();
        if (faults.Count == 0 && TryRead(path) is null)
        {
            faults.Add($"{Name} {path} cannot be read by this service, or is empty.");
        }

        return faults;
    }

    /// <summary>Lists what is wrong with the file's location: production refuses it, development may accept it.</summary>
    public static IReadOnlyList<string> FaultsOfPlace(string path) => PathSafety.ForThisProcess.FaultsOfSecretPlace(Name, path);

    /// <summary>Reads the secret; null if it cannot be read or is empty.</summary>
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } secret ? secret : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
