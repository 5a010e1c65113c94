using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>The secret that the portal shows the identity provider: one line of a file that its owner alone can read.</summary>
internal static class ClientSecret
{
    private const string Name = "The client's secret";

    /// <summary>Everything that makes the file unfit for use; empty when it is fit.</summary>
    public static IReadOnlyList<string> FaultsOf(string path)
    {
        if (path.Length == 0)
        {
            return ["SingleSignOn:ClientSecretFile is missing: a provider is configured, and it has to know who asks."];
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

    /// <summary>What is wrong with where the file is: production does not take it, development may.</summary>
    public static IReadOnlyList<string> FaultsOfPlace(string path) => PathSafety.ForThisProcess.FaultsOfSecretPlace(Name, path);

    /// <summary>The secret; null where it cannot be read.</summary>
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
