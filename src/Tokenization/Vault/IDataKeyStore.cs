namespace Dojo.Pci.Tokenization.Vault;

/// <summary>Where wrapped data keys are kept. There is at most one active key of each purpose and environment.</summary>
internal interface IDataKeyStore
{
    Task<IReadOnlyList<WrappedDataKey>> ListAsync(CancellationToken ct);

    /// <summary>Adds a key unless its id, or its place as the active one, is taken.</summary>
    Task<bool> TryInsertAsync(WrappedDataKey key, CancellationToken ct);

    /// <summary>Retires the active key and puts another in its place, both or neither.</summary>
    /// <returns>Whether it did: not when another node was first.</returns>
    Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, CancellationToken ct);

    /// <summary>Adds to the number of uses of a key.</summary>
    /// <returns>The number after that.</returns>
    Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct);
}
