using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.ApiKeys;

internal sealed class ApiKeyService(IApiKeyStore store, TimeProvider clock) : IApiKeyService
{
    // A key that another node revoked is still taken for this long: within the 5 seconds of DESIGN D14.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    // Only keys that exist get in, so no stranger can make it grow.
    private readonly ConcurrentDictionary<string, (ApiKey Key, long Since, int Revocations)> _recent = new(StringComparer.Ordinal);
    private int _revocations;

    public async ValueTask<ApiKey?> AuthenticateAsync(string presented, CancellationToken ct)
    {
        var hash = ApiKeySecret.HashOf(presented);
        var cacheKey = Convert.ToHexString(hash);
        var revocations = Volatile.Read(ref _revocations);
        if (!_recent.TryGetValue(cacheKey, out var recent) || recent.Revocations != revocations || clock.GetElapsedTime(recent.Since) >= s_trustedFor)
        {
            var since = clock.GetTimestamp();
            var found = await store.FindByHashAsync(hash, ct);
            if (found is null || !CryptographicOperations.FixedTimeEquals(hash, found.Hash))
            {
                _recent.TryRemove(cacheKey, out _);
                return null;
            }

            // What was read before a revocation counts for nothing after it: it carries the number it was read under.
            recent = (found.Key, since, revocations);
            _recent[cacheKey] = recent;
        }

        return recent.Key.ExpiresAt <= clock.GetUtcNow() ? null : recent.Key;
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
            Interlocked.Increment(ref _revocations);
            _recent.TryRemove(Convert.ToHexString(hash), out _);
        }

        return hash is not null;
    }
}
