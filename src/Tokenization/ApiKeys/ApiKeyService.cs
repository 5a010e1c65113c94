using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal sealed class ApiKeyService(IApiKeyStore store, TimeProvider clock) : IApiKeyService
{
    // A key that another node revoked is still taken for this long: within the 5 seconds of DESIGN D14.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    // Only keys that exist get in, so no stranger can make it grow.
    private readonly ConcurrentDictionary<KeyHash, (ApiKey Key, long Since, int Changes)> _recent = new();
    private int _changes;

    public ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKeySecret.Hash(presented, bytes);
        var hash = KeyHash.Of(bytes);
        var changes = Volatile.Read(ref _changes);
        return _recent.TryGetValue(hash, out var recent) && recent.Changes == changes && clock.GetElapsedTime(recent.Since) < s_trustedFor
            ? ValueTask.FromResult(LiveOrNull(recent.Key))
            : LookUpAsync(hash, bytes.ToArray(), changes, ct);
    }

    public async Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct)
    {
        key = key with { Scopes = key.Scopes.In(key.Tenant.Environment) };
        var secret = ApiKeySecret.Generate(key.Tenant.Environment);
        var now = clock.GetUtcNow();
        var id = await store.InsertAsync(key, secret.Hash(), secret.LastFour, now, ct);
        return (new ApiKey(id, key.Tenant, key.Name, key.Scopes, secret.LastFour, now, key.ExpiresAt, key.AllowedNetworks ?? []), secret);
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(Location location, CancellationToken ct) => store.ListAsync(location.Account, location.Id, ct);

    public async Task<bool> RevokeAsync(Tenant tenant, ApiKeyId id, CancellationToken ct)
    {
        var hash = await store.RevokeAsync(tenant, id, clock.GetUtcNow(), ct);
        if (hash is not null)
        {
            DistrustRecent();
            _recent.TryRemove(KeyHash.Of(hash), out _);
        }

        return hash is not null;
    }

    /// <summary>To be called after any change of any key: the next request with each is validated by what is stored now.</summary>
    public void DistrustRecent() => Interlocked.Increment(ref _changes);

    private async ValueTask<ApiKey?> LookUpAsync(KeyHash cacheKey, byte[] hash, int changes, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        var found = await store.FindByHashAsync(hash, ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(hash, found.Hash))
        {
            _recent.TryRemove(cacheKey, out _);
            return null;
        }

        // What was read before a change counts for nothing after it: it carries the number it was read under.
        _recent[cacheKey] = (found.Key, since, changes);
        return LiveOrNull(found.Key);
    }

    private ApiKey? LiveOrNull(ApiKey key) => key.IsLiveAt(clock.GetUtcNow()) ? key : null;

    /// <summary>A SHA-256 by which keys are remembered: compared and hashed as four words, without a text for each request.</summary>
    private readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static KeyHash Of(ReadOnlySpan<byte> sha256) => MemoryMarshal.Read<KeyHash>(sha256);
    }
}
