using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Vault;

/// <summary>
/// The data keys of this instance, unwrapped. Makes those that are missing, and gives card keys a successor once they are
/// a year old or have sealed 2^28 records, far below the 2^32 of NIST SP 800-38D §8.3 (PCI DSS 3.7.4).
/// </summary>
internal sealed class KeyRing(IRootKeyProvider roots, IDataKeyStore store, TimeProvider clock) : IDisposable
{
    internal const long UsesBeforeRotation = 1L << 28;
    internal static readonly TimeSpan AgeBeforeRotation = TimeSpan.FromDays(365);

    // Uses are counted ahead in blocks, so that sealing a card needs no write of its own; what a crash leaves unused of a
    // block counts as used.
    private const int UsesPerReservation = 1 << 16;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly long[] _reserved = new long[Enum.GetValues<TenantEnvironment>().Length];

    // Of keys that were retired, as they were before: cards may still be sealed with one that was taken then.
    private readonly List<DataKey> _replaced = [];
    private FrozenDictionary<int, DataKey> _keys = FrozenDictionary<int, DataKey>.Empty;
    private FrozenDictionary<(DataKeyPurpose, TenantEnvironment), DataKey> _active = FrozenDictionary<(DataKeyPurpose, TenantEnvironment), DataKey>.Empty;

    /// <summary>Whether <see cref="LoadAsync"/> has succeeded.</summary>
    public bool IsLoaded => _active.Count > 0;

    /// <summary>Unwraps every key in the store, and makes those that are missing.</summary>
    /// <exception cref="StartRefusedException">The root key is missing or another one, or a key was tampered with.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        using var root = roots.Load();
        await ReloadAsync(root, ct);
        foreach (var purpose in Enum.GetValues<DataKeyPurpose>())
        {
            foreach (var environment in Enum.GetValues<TenantEnvironment>().Where(environment => !_active.ContainsKey((purpose, environment))))
            {
                // When another node is first, its key is as good.
                await store.TryInsertAsync(Make(root, purpose, environment), ct);
                await ReloadAsync(root, ct);
            }
        }
    }

    /// <summary>The active key of a purpose other than <see cref="DataKeyPurpose.Card"/>, whose uses are counted.</summary>
    public DataKey Active(DataKeyPurpose purpose, TenantEnvironment environment)
    {
        Debug.Assert(purpose != DataKeyPurpose.Card, "card keys are taken with TakeCardKeyAsync, which counts");
        return _active[(purpose, environment)];
    }

    /// <summary>The key to seal one card record with.</summary>
    public ValueTask<DataKey> TakeCardKeyAsync(TenantEnvironment environment, CancellationToken ct)
    {
        var key = _active[(DataKeyPurpose.Card, environment)];
        return Interlocked.Decrement(ref _reserved[(int)environment]) >= 0 && !IsOld(key)
            ? ValueTask.FromResult(key)
            : new ValueTask<DataKey>(ReserveAsync(environment, ct));
    }

    /// <summary>The key that sealed something; also one that another node has made since. Null when there is none.</summary>
    public async ValueTask<DataKey?> FindAsync(int keyId, CancellationToken ct)
    {
        if (_keys.TryGetValue(keyId, out var key))
        {
            return key;
        }

        // One at a time with rotation, or a list read before it would bring the retired key back.
        await _changing.WaitAsync(ct);
        try
        {
            using var root = roots.Load();
            await ReloadAsync(root, ct);
            return _keys.GetValueOrDefault(keyId);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values.Concat(_replaced))
        {
            key.Dispose();
        }

        _changing.Dispose();
    }

    private bool IsOld(DataKey key) => clock.GetUtcNow() - key.Description.CreatedAt >= AgeBeforeRotation;

    private async Task<DataKey> ReserveAsync(TenantEnvironment environment, CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            var key = _active[(DataKeyPurpose.Card, environment)];
            if (IsOld(key))
            {
                key = await RotateAsync(key, ct);
            }
            else if (Interlocked.Decrement(ref _reserved[(int)environment]) >= 0)
            {
                return key; // reserved by another request while this one waited
            }

            if (await store.AddUsesAsync(key.Id, UsesPerReservation, ct) > UsesBeforeRotation)
            {
                key = await RotateAsync(key, ct);
                await store.AddUsesAsync(key.Id, UsesPerReservation, ct);
            }

            Interlocked.Exchange(ref _reserved[(int)environment], UsesPerReservation - 1);
            return key;
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<DataKey> RotateAsync(DataKey key, CancellationToken ct)
    {
        using var root = roots.Load();
        var (purpose, environment) = (key.Description.Purpose, key.Description.Environment);
        var retired = KeyWrapping.Wrap(root, key.Description with { State = DataKeyState.Retired }, key.Material);
        await store.TryReplaceAsync(retired, Make(root, purpose, environment), ct);
        await ReloadAsync(root, ct);
        return _active[(purpose, environment)];
    }

    private async Task ReloadAsync(RootKey root, CancellationToken ct)
    {
        var stored = await store.ListAsync(ct);
        var before = _keys;
        _keys = stored
            .Select(wrapped => before.TryGetValue(wrapped.Description.Id, out var known) && known.Description == wrapped.Description
                ? known
                : KeyWrapping.Unwrap(root, wrapped))
            .ToFrozenDictionary(key => key.Id);
        _replaced.AddRange(before.Values.Where(known => _keys.GetValueOrDefault(known.Id) != known));
        _active = _keys.Values
            .Where(key => key.Description.State == DataKeyState.Active)
            .ToFrozenDictionary(key => (key.Description.Purpose, key.Description.Environment));
    }

    private WrappedDataKey Make(RootKey root, DataKeyPurpose purpose, TenantEnvironment environment)
    {
        using var material = SecretBuffer.Rent(DataKey.Length);
        RandomNumberGenerator.Fill(material.Span[..DataKey.Length]);
        var id = _keys.Keys.DefaultIfEmpty(0).Max() + 1;

        // Milliseconds are what is stored, and what is authenticated.
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        return KeyWrapping.Wrap(root, new DataKeyDescription(id, purpose, environment, DataKeyState.Active, createdAt), material.Span[..DataKey.Length]);
    }
}
