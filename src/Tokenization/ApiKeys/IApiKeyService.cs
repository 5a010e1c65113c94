using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Makes, recognises and revokes API keys.</summary>
public interface IApiKeyService
{
    /// <summary>
    /// The live key that was presented, or null: unknown, malformed, revoked and expired keys take the same way through the
    /// code, so that neither answer nor time tells them apart.
    /// </summary>
    ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct);

    /// <summary>Makes a key. The secret exists only in what is returned here.</summary>
    Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct);

    /// <summary>Revokes a key for good: the next request in this process is refused, and within 5 seconds on every node.</summary>
    /// <returns>Whether there was such a key.</returns>
    Task<bool> RevokeAsync(Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>The keys of a location that are not revoked, in both environments, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(Location location, CancellationToken ct);
}
