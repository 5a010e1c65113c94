namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>A key with the hash it is kept under.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">The SHA-256 of its secret.</param>
public sealed record StoredApiKey(ApiKey Key, byte[] Hash);

/// <summary>Where API keys are kept. Only their hashes are.</summary>
public interface IApiKeyStore
{
    /// <summary>Adds a key.</summary>
    Task<ApiKeyId> InsertAsync(NewApiKey key, byte[] hash, string lastFour, DateTimeOffset createdAt, CancellationToken ct);

    /// <summary>The key with this hash that is not revoked, or null. The one look-up without a tenant: it is what finds the tenant.</summary>
    Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct);

    /// <summary>Revokes a tenant's key for good.</summary>
    /// <returns>The hash of the key; null when there is no such key.</returns>
    Task<byte[]?> RevokeAsync(Accounts.Tenant tenant, ApiKeyId id, DateTimeOffset at, CancellationToken ct);

    /// <summary>The keys of a location that are not revoked, in both environments, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(Accounts.AccountId account, Accounts.LocationId location, CancellationToken ct);
}
