namespace Dojo.Pci.Tokenization.Members;

/// <summary>What the portal keeps between two requests, and between two starts: ceremonies, and the keys of its forms.</summary>
public interface IPortalKeyStore
{
    /// <summary>Keeps what is between two pages of a sign-in, and forgets what is too old.</summary>
    Task AddCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now, DateTimeOffset expiresAt);

    /// <summary>Replaces what is kept under a secret, if it still is; it does not live longer for that.</summary>
    Task UpdateCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now);

    /// <summary>What was kept, if it is not too old.</summary>
    Task<byte[]?> FindCeremonyAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes it away.</summary>
    /// <returns>Whether it was there: of two who come at once, one gets it.</returns>
    Task<bool> TryEndCeremonyAsync(OpaqueSecret secret, DateTimeOffset now);

    /// <summary>The keys of forms, as XML.</summary>
    IReadOnlyList<string> ListKeys();

    /// <summary>Adds one.</summary>
    void AddKey(string name, string xml);
}
