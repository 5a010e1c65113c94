namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores what the portal keeps between requests and between starts: ceremonies, and the keys of its forms.</summary>
public interface IPortalKeyStore
{
    /// <summary>Stores the state between two pages of a sign-in, and deletes expired states.</summary>
    Task AddCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now, DateTimeOffset expiresAt);

    /// <summary>Replaces the state under a secret, if there is one that has not expired. Its expiry does not change.</summary>
    Task UpdateCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now);

    /// <summary>Finds the state under a secret; null when there is none or it has expired.</summary>
    Task<byte[]?> FindCeremonyAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>Deletes the state under a secret.</summary>
    /// <returns>Whether there was one that had not expired. Of two concurrent calls, only one returns true.</returns>
    Task<bool> TryEndCeremonyAsync(OpaqueSecret secret, DateTimeOffset now);

    /// <summary>Lists the keys of forms, as XML.</summary>
    IReadOnlyList<string> ListKeys();

    /// <summary>Adds a key of forms.</summary>
    void AddKey(string name, string xml);
}
