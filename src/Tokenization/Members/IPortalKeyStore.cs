namespace Dojo.Pci.Tokenization.Members;

/// <summary>What the portal keeps between two requests, and between two starts: ceremonies, and the keys of its forms.</summary>
public interface IPortalKeyStore
{
    /// <summary>Keeps what is between two pages of a sign-in, in place of what was kept under the same secret.</summary>
    Task PutCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset expiresAt);

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
