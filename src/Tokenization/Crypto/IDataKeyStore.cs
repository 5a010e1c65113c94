using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The data keys of one moment with their manifest; null where there is none.</summary>
internal sealed record StoredDataKeys(IReadOnlyList<WrappedDataKey> Keys, StoredManifest? Manifest);

/// <summary>Where wrapped data keys are kept. There is at most one active key of each purpose and environment.</summary>
internal interface IDataKeyStore
{
    /// <summary>All keys and the manifest, in one read.</summary>
    /// <exception cref="StartRefusedException">A row has a purpose that this program does not know.</exception>
    Task<StoredDataKeys> ReadAsync(CancellationToken ct);

    /// <summary>Whether anything is stored that came after the first keys: accounts, tokens, members.</summary>
    Task<bool> HoldsDataAsync(CancellationToken ct);

    /// <summary>Whether anything is stored that was made with a key of a purpose that came after the first version: client secrets, secrets of the portal.</summary>
    Task<bool> NeedsAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct);

    /// <summary>
    /// The ids of the keys that have sealed the cards of the newest tokens, damaged records left out.
    /// </summary>
    /// <param name="tokens">How many tokens to look at; all when null.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<int>> ListCardKeysInUseAsync(int? tokens, CancellationToken ct);

    /// <summary>
    /// Stores the first manifest with all its keys, in one transaction: those that were read before, wrapped anew, and others that are added.
    /// </summary>
    /// <returns>Whether it did: not when there is a manifest, or the keys are not those that were read before, or there were none and the database holds data.</returns>
    Task<bool> TryBeginAsync(IReadOnlyList<WrappedDataKey> before, IReadOnlyList<WrappedDataKey> keys, StoredManifest manifest);

    /// <summary>Retires the active key, puts another in its place and lists both, all or nothing.</summary>
    /// <returns>Whether it did: not when the stored manifest is not the one before this.</returns>
    /// <exception cref="InvalidOperationException">The keys are not those of the manifest.</exception>
    Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, StoredManifest manifest);

    /// <summary>Stores the next manifest.</summary>
    /// <returns>Whether it did: not when the stored one is not the one before it.</returns>
    Task<bool> TryAdvanceAsync(StoredManifest manifest);

    /// <summary>Adds to the number of uses of a key.</summary>
    /// <returns>The number after that.</returns>
    Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct);
}
