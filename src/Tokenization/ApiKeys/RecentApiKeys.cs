using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The keys that were looked up a moment ago, so that a key in use is not looked up for each request.</summary>
internal sealed class RecentApiKeys
{
    // A key that another node deleted is still taken for this long where its message got lost: within the 5 seconds of DESIGN D14.
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromSeconds(3);

    // Only keys that exist get in, so no stranger can make it grow.
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

    /// <summary>To be called after any change of any key: the next request with each is validated by what is stored now.</summary>
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

        // What was read before a change counts for nothing after it: it carries the number it was read under.
        _recent[cacheKey] = (found.Key, since, changes);
        return LiveOrNull(found.Key);
    }

    private ApiKey? LiveOrNull(ApiKey key) => key.IsLiveAt(_clock.GetUtcNow()) ? key : null;

    /// <summary>A SHA-256 by which keys are remembered: compared and hashed as four words, without a text for each request.</summary>
    private readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
    {
        public static KeyHash Of(ReadOnlySpan<byte> sha256) => MemoryMarshal.Read<KeyHash>(sha256);
    }
}
