using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// The unwrapped data keys of this instance, verified against their manifest. Replaces card keys with a successor once they are
/// a year old or have sealed 2^28 records, far below the 2^32 of NIST SP 800-38D §8.3 (PCI DSS 3.7.4).
/// </summary>
internal sealed class KeyRing(IRootKeyProvider roots, IDataKeyStore store, TimeProvider clock) : IDisposable
{
    internal const long UsesBeforeRotation = 1L << 28;
    internal static readonly TimeSpan AgeBeforeRotation = TimeSpan.FromDays(365);

    // Another process may win each attempt to rotate.
    private const int TriesToRotate = 5;

    // Checked at each start: if keys and manifest were both restored from an older copy, the keys that sealed the newest cards are missing.
    private const int NewestTokens = 1000;

    // Uses are reserved in blocks, so that sealing a card needs no write of its own. If the process crashes, the unused rest of a
    // block counts as used.
    private const int UsesPerReservation = 1 << 16;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly long[] _reserved = new long[Enum.GetValues<TenantEnvironment>().Length];

    // The earlier instances of keys that were retired: callers may still be sealing cards with them.
    private readonly List<DataKey> _replaced = [];
    private readonly Meter _meter = new($"{VaultTelemetry.Name}.Keys");
    private DataKeyManifest? _manifest;
    private FrozenDictionary<int, DataKey> _keys = FrozenDictionary<int, DataKey>.Empty;
    private FrozenDictionary<(DataKeyPurpose, TenantEnvironment), DataKey> _active = FrozenDictionary<(DataKeyPurpose, TenantEnvironment), DataKey>.Empty;

    /// <summary>Whether <see cref="LoadAsync"/> has succeeded.</summary>
    public bool IsLoaded => _active.Count > 0;

    /// <summary>Whether every token of the database has a seal; false while the tokens of a database older than the seals are being sealed.</summary>
    public bool TokensAreSealed => _manifest is { TokensAreSealed: true };

    /// <summary>Unwraps every key in the store. A database without a manifest first gets one: see <see cref="FirstKeys"/>.</summary>
    /// <exception cref="StartRefusedException">
    /// The root key is missing or is a different one, a key was tampered with, or the keys are not those of the manifest.
    /// </exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        using var root = roots.Load();
        var stored = await store.ReadAsync(ct);
        if (stored.Manifest is null)
        {
            await new FirstKeys(store, clock).MakeAsync(root, stored.Keys, ct);
        }

        await VerifyAsync(root, ct);
        _meter.CreateObservableGauge("vault.key.age", Ages, "s", "Age of the active data keys, by purpose and environment.");
    }

    /// <summary>Unwraps every key in the store without writing anything, for a check.</summary>
    /// <exception cref="StartRefusedException">As for <see cref="LoadAsync"/>, or there is no manifest.</exception>
    public async Task LoadExistingAsync(CancellationToken ct)
    {
        using var root = roots.Load();
        await VerifyAsync(root, ct);
    }

    /// <summary>Records that every token has a seal.</summary>
    public async Task ConfirmTokensSealedAsync(CancellationToken ct)
    {
        using var root = roots.Load();
        await _changing.WaitAsync(ct);
        try
        {
            for (var tries = 0; !TokensAreSealed && tries < TriesToRotate; tries++)
            {
                await store.TryAdvanceAsync(_manifest!.WithTokensSealed().Authenticate(root));
                await ReloadAsync(root, ct);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Returns the active key of a purpose other than <see cref="DataKeyPurpose.Card"/>, whose uses are counted.</summary>
    public DataKey Active(DataKeyPurpose purpose, TenantEnvironment environment)
    {
        Debug.Assert(purpose != DataKeyPurpose.Card, "card keys are taken with TakeCardKeyAsync, which counts");
        return _active[(purpose, environment)];
    }

    /// <summary>Returns the key with which to seal one card record.</summary>
    public ValueTask<DataKey> TakeCardKeyAsync(TenantEnvironment environment, CancellationToken ct)
    {
        var key = _active[(DataKeyPurpose.Card, environment)];
        return Interlocked.Decrement(ref _reserved[(int)environment]) >= 0 && !IsOld(key)
            ? ValueTask.FromResult(key)
            : new ValueTask<DataKey>(ReserveAsync(environment, ct));
    }

    /// <summary>Finds the key with an id, including one that another node has made since loading. Null if there is none.</summary>
    public async ValueTask<DataKey?> FindAsync(int keyId, CancellationToken ct)
    {
        if (_keys.TryGetValue(keyId, out var key))
        {
            return key;
        }

        // Never concurrent with a rotation: keys read before it would restore the retired key.
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

    internal static StartRefusedException ManifestMissing() => new("The manifest of the data keys is missing: its row in the database was deleted.");

    public void Dispose()
    {
        foreach (var key in _keys.Values.Concat(_replaced))
        {
            key.Dispose();
        }

        _changing.Dispose();
        _meter.Dispose();
    }

    private IEnumerable<Measurement<double>> Ages() => _active.Values.Select(key => key.Description).Select(key => new Measurement<double>(
        (clock.GetUtcNow() - key.CreatedAt).TotalSeconds,
        new KeyValuePair<string, object?>("purpose", key.Purpose.ToString()),
        new KeyValuePair<string, object?>("environment", key.Environment.ToString())));

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
                return key; // another request reserved uses while this one waited
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
        var place = (key.Description.Purpose, key.Description.Environment);
        for (var tries = 0; _active[place].Id == key.Id && tries < TriesToRotate; tries++)
        {
            var retired = KeyWrapping.Wrap(root, key.Description with { State = DataKeyState.Retired }, key.Material);
            var successor = FirstKeys.Make(root, _keys.Keys.Max() + 1, place.Purpose, place.Environment, clock);
            var manifest = _manifest!.WithSuccessor(retired.Description, successor.Description).Authenticate(root);

            // If another process was first, with this key or another one, the loop reads the result and tries again if needed.
            await store.TryReplaceAsync(retired, successor, manifest);
            await ReloadAsync(root, ct);
        }

        return _active[place];
    }

    private async Task VerifyAsync(RootKey root, CancellationToken ct)
    {
        await ReloadAsync(root, ct);
        var unknown = (await store.ListCardKeysInUseAsync(NewestTokens, ct)).Where(id => !_keys.ContainsKey(id)).ToList();
        if (unknown.Count > 0)
        {
            throw new StartRefusedException(
                [.. unknown.Select(id => $"Data key {id} is missing: cards are sealed with it. Keys and manifest were put back from an older copy.")]);
        }
    }

    private async Task ReloadAsync(RootKey root, CancellationToken ct)
    {
        var (stored, storedManifest) = await store.ReadAsync(ct);
        foreach (var wrapped in stored)
        {
            KeyWrapping.RequireWrappedBy(root, wrapped);
        }

        var manifest = DataKeyManifest.Read(root, storedManifest ?? throw ManifestMissing());
        if (manifest.FindFaults([.. stored.Select(wrapped => wrapped.Description)]) is { Count: > 0 } faults)
        {
            throw new StartRefusedException(faults);
        }

        var before = _keys;
        _manifest = manifest;
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
}
