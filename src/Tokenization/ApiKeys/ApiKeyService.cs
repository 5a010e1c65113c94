using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal sealed class ApiKeyService(IApiKeyStore store, TimeProvider clock) : IApiKeyService
{
    // A key that another node revoked is still taken for this long: within the 5 seconds of DESIGN D14.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    // Only keys that exist get in, so no stranger can make it grow.
    private readonly ConcurrentDictionary<string, (ApiKey Key, long Since, int Changes)> _recent = new(StringComparer.Ordinal);
    private int _changes;

    public async ValueTask<ApiKey?> AuthenticateAsync(string presented, CancellationToken ct)
    {
        var hash = ApiKeySecret.HashOf(presented);
        var cacheKey = Convert.ToHexString(hash);
        var changes = Volatile.Read(ref _changes);
        if (!_recent.TryGetValue(cacheKey, out var recent) || recent.Changes != changes || clock.GetElapsedTime(recent.Since) >= s_trustedFor)
        {
            var since = clock.GetTimestamp();
            var found = await store.FindByHashAsync(hash, ct);
            if (found is null || !CryptographicOperations.FixedTimeEquals(hash, found.Hash))
            {
                _recent.TryRemove(cacheKey, out _);
                return null;
            }

            // What was read before a change counts for nothing after it: it carries the number it was read under.
            recent = (found.Key, since, changes);
            _recent[cacheKey] = recent;
        }

        return recent.Key.IsLiveAt(clock.GetUtcNow()) ? recent.Key : null;
    }

    public async Task<(ApiKey Key, ApiKeySecret Secret)> CreateAsync(NewApiKey key, CancellationToken ct)
    {
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
            _recent.TryRemove(Convert.ToHexString(hash), out _);
        }

        return hash is not null;
    }

    /// <summary>To be called after any change of any key: the next request with each is judged by what is stored now.</summary>
    public void DistrustRecent() => Interlocked.Increment(ref _changes);
}
