using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What is kept of a card.</summary>
/// <param name="Masked">For people.</param>
/// <param name="Scheme">For people.</param>
/// <param name="Expiry">For people, and for the sweep that finds expired cards.</param>
/// <param name="Fingerprint">Recognises the same card within the account.</param>
/// <param name="SealedRecord">The card itself, sealed; null where it is not kept because it can never be charged.</param>
internal sealed record StoredCard(MaskedCardNumber Masked, CardScheme Scheme, CardExpiry Expiry, byte[] Fingerprint, byte[]? SealedRecord);

/// <summary>A setup intent as it is stored.</summary>
internal sealed record StoredSetupIntent(
    long RecordId,
    Tenant Tenant,
    SetupIntentStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Reference,
    string? Description,
    IReadOnlyDictionary<string, string>? Metadata,
    StoredCard? Card);

/// <summary>What became of an insert.</summary>
internal enum InsertOutcome
{
    /// <summary>It is on disk.</summary>
    Inserted,

    /// <summary>Nothing was stored: the location wants unique references, and this one is taken.</summary>
    ReferenceTaken,
}

/// <summary>Setup intents with their events.</summary>
internal interface ISetupIntentStore
{
    /// <summary>The largest internal id in use, so that new ones go on from there; 0 when there is none.</summary>
    Task<long> FindLastRecordIdAsync(CancellationToken ct);

    /// <summary>
    /// Stores a setup intent, its events, and the completion of the idempotency claim that it answers, in one transaction;
    /// a refused insert gives the claim up in that same transaction. Not cancellable: what was begun is finished.
    /// </summary>
    Task<InsertOutcome> InsertAsync(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[]? idempotencyKeyHash);

    /// <summary>A tenant's setup intent, or null.</summary>
    Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);
}
