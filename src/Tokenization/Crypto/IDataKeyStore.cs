using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The data keys and their manifest at one moment; the manifest is null if there is none.</summary>
internal sealed record StoredDataKeys(IReadOnlyList<WrappedDataKey> Keys, StoredManifest? Manifest);

/// <summary>Stores wrapped data keys. There is at most one active key for each purpose and environment.</summary>
internal interface IDataKeyStore
{
    /// <summary>Reads all keys and the manifest, in one read.</summary>
    /// <exception cref="StartRefusedException">A row has a purpose that this version does not know.</exception>
    Task<StoredDataKeys> ReadAsync(CancellationToken ct);

    /// <summary>Whether the database holds data created after the first keys: accounts, tokens, members.</summary>
    Task<bool> HoldsDataAsync(CancellationToken ct);

    /// <summary>Whether the database holds data made with a key of a purpose added after the first version: client secrets, secrets of the portal.</summary>
    Task<bool> NeedsAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct);

    /// <summary>
    /// Lists the ids of the keys that sealed the cards of the newest tokens, ignoring damaged records.
    /// </summary>
    /// <param name="tokens">The number of tokens to read; null for all.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<IReadOnlyList<int>> ListCardKeysInUseAsync(int? tokens, CancellationToken ct);

    /// <summary>
    /// Stores the first manifest with all its keys, in one transaction: the keys that were read before, wrapped again, and the ones added.
    /// </summary>
    /// <returns>
    /// Whether it stored them. False if there is a manifest, if the keys are not those that were read before, or if there were none and the database holds data.
    /// </returns>
    Task<bool> TryBeginAsync(IReadOnlyList<WrappedDataKey> before, IReadOnlyList<WrappedDataKey> keys, StoredManifest manifest);

    /// <summary>Retires the active key, adds its successor and lists both in the manifest, all or nothing.</summary>
    /// <returns>Whether it did; false if the stored manifest is not the previous version.</returns>
    /// <exception cref="InvalidOperationException">The stored keys are not those of the manifest.</exception>
    Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, StoredManifest manifest);

    /// <summary>Stores the next manifest.</summary>
    /// <returns>Whether it did; false if the stored manifest is not the previous version.</returns>
    Task<bool> TryAdvanceAsync(StoredManifest manifest);

    /// <summary>Adds to the number of uses of a key.</summary>
    /// <returns>The number of uses afterwards.</returns>
    Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct);
}
