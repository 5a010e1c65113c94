using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Caches recently used keys, so that a key in use is not looked up for each request.</summary>
internal sealed class RecentApiKeys
{
    // If the message of another node about a deleted key is lost, this node accepts the key for this long: within the 5 seconds of DESIGN D14.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    // Only existing keys are cached, so requests with unknown keys cannot make it grow.
    private readonly ConcurrentDictionary<KeyHash, (ApiKey Key, long Since, int Changes)> _recent = new();
    private readonly IApiKeyStore _store;
    private readonly NodeMessages _messages;
    private readonly TimeProvider _clock;
    private int _changes;

    public RecentApiKeys(IApiKeyStore store, NodeMessages messages, TimeProvider clock)
    {
        (_store, _messages, _clock) = (store, messages, clock);
        messages.Hear(NodeTopic.ApiKey, _ => Interlocked.Increment(ref _changes));
    }

    /// <inheritdoc cref="IApiKeyService.AuthenticateAsync"/>
    public ValueTask<ApiKey?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken ct)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKeySecret.Hash(presented, bytes);
        var hash = KeyHash.Of(bytes);
        var changes = Volatile.Read(ref _changes);
        return _recent.TryGetValue(hash, out var recent) && recent.Changes == changes && _clock.GetElapsedTime(recent.Since) < s_trustedFor
            ? ValueTask.FromResult(LiveOrNull(recent.Key))
            : LookUpAsync(hash, bytes.ToArray(), changes, ct);
    }

    /// <summary>Invalidates the cache. Call it after any change of any key: the next request with each key reads what is stored.</summary>
    public void Distrust()
    {
        Interlocked.Increment(ref _changes);
        _messages.Send(new NodeMessage(NodeTopic.ApiKey));
    }

    private async ValueTask<ApiKey?> LookUpAsync(KeyHash cacheKey, byte[] hash, int changes, CancellationToken ct)
    {
        var since = _clock.GetTimestamp();
        var found = await _store.FindByHashAsync(hash, ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(hash, found.Hash))
        {
            _recent.TryRemove(cacheKey, out _);
            return null;
        }

        // An entry carries the number of changes at the time of its lookup, so a later change invalidates it.
        _recent[cacheKey] = (found.Key, since, changes);
        return LiveOrNull(found.Key);
    }

    private ApiKey? LiveOrNull(ApiKey key) => key.IsLiveAt(_clock.GetUtcNow()) ? key : null;

    /// <summary>The SHA-256 under which a key is cached: compared and hashed as four words, without allocating a string for each request.</summary>
    private readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static KeyHash Of(ReadOnlySpan<byte> sha256) => MemoryMarshal.Read<KeyHash>(sha256);
    }
}
