using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Creates a database's manifest of data keys, once: an empty database also gets its first keys, and one older than the manifest keeps its
/// keys and gets those that its version did not have yet. After that only a rotation makes keys, so that a lost key is noticed and not replaced.
/// </summary>
internal sealed class FirstKeys(IDataKeyStore store, TimeProvider clock)
{
    /// <summary>Creates the manifest of a database that has none. Does nothing if another process has created it meanwhile.</summary>
    /// <exception cref="StartRefusedException">The database had keys that are missing now, or once had a manifest.</exception>
    public async Task MakeAsync(RootKey root, IReadOnlyList<WrappedDataKey> stored, CancellationToken ct)
    {
        var keys = stored.Count == 0 ? [] : TakeOver(root, stored);
        if (stored.Count == 0 && await store.HoldsDataAsync(ct))
        {
            // Another process may just have created the keys, which is no fault.
            if ((await store.ReadAsync(ct)).Manifest is not null)
            {
                return;
            }

            throw new StartRefusedException("The database holds data but no data keys: their rows were deleted. Restore a backup that has them.");
        }

        var missing = await FindMissingAsync([.. stored.Select(key => key.Description)], ct);
        keys.AddRange(missing.Select((place, index) =>
            Make(root, stored.Select(key => key.Description.Id).DefaultIfEmpty(0).Max() + 1 + index, place.Purpose, place.Environment, clock)));
        var manifest = new DataKeyManifest(Version: 1, TokensAreSealed: stored.Count == 0, [.. keys.Select(key => key.Description)]);
        await store.TryBeginAsync(stored, keys, manifest.Authenticate(root));
    }

    /// <summary>Makes a new key.</summary>
    public static WrappedDataKey Make(RootKey root, int id, DataKeyPurpose purpose, TenantEnvironment environment, TimeProvider clock)
    {
        using var material = SecretBuffer.Rent(DataKey.Length);
        RandomNumberGenerator.Fill(material.Span[..DataKey.Length]);

        // The time is stored and authenticated in milliseconds.
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        return KeyWrapping.Wrap(root, new DataKeyDescription(id, purpose, environment, DataKeyState.Active, createdAt), material.Span[..DataKey.Length]);
    }

    private static List<WrappedDataKey> TakeOver(RootKey root, IReadOnlyList<WrappedDataKey> stored)
    {
        var keys = new List<WrappedDataKey>();
        foreach (var wrapped in stored)
        {
            KeyWrapping.RequireWrappedBy(root, wrapped);
            if (IsListed(root, wrapped))
            {
                throw KeyRing.ManifestMissing();
            }

            using var key = KeyWrapping.UnwrapUnlisted(root, wrapped);
            keys.Add(KeyWrapping.Wrap(root, wrapped.Description, key.Material));
        }

        return keys;
    }

    private static bool IsListed(RootKey root, WrappedDataKey wrapped)
    {
        try
        {
            KeyWrapping.Unwrap(root, wrapped).Dispose();
            return true;
        }
        catch (StartRefusedException)
        {
            return false; // older than the manifest, or damaged: unwrapping it as an unlisted key shows which
        }
    }

    private async Task<IReadOnlyList<(DataKeyPurpose Purpose, TenantEnvironment Environment)>> FindMissingAsync(IReadOnlyList<DataKeyDescription> stored, CancellationToken ct)
    {
        var places = from purpose in Enum.GetValues<DataKeyPurpose>()
                     from environment in Enum.GetValues<TenantEnvironment>()
                     where !stored.Any(key => key.Purpose == purpose && key.Environment == environment && key.State == DataKeyState.Active)
                     select (purpose, environment);
        var (missing, faults) = (places.ToList(), new List<string>());
        if (stored.Count == 0)
        {
            return missing;
        }

        foreach (var (purpose, environment) in missing)
        {
            if (await WasThereAsync(purpose, environment, ct))
            {
                faults.Add($"Data key for {purpose}, {environment} is missing: its row in the database was deleted. Restore a backup that has it.");
            }
        }

        var known = stored.Select(key => key.Id).ToHashSet();
        faults.AddRange((await store.ListCardKeysInUseAsync(tokens: null, ct)).Where(id => !known.Contains(id))
            .Select(id => $"Data key {id} is missing: cards are sealed with it. Restore a backup that has it."));
        return faults.Count == 0 ? missing : throw new StartRefusedException(faults);
    }

    // Every version before the manifest made keys for the first four purposes at its first start; keys for the next two came with later versions.
    private async Task<bool> WasThereAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct) => purpose switch
    {
        DataKeyPurpose.TokenSeal => false,
        DataKeyPurpose.ClientSecret or DataKeyPurpose.Portal => await store.NeedsAsync(purpose, environment, ct),
        _ => true,
    };
}
