using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What became of an insert.</summary>
internal enum InsertOutcome
{
    /// <summary>It is on disk.</summary>
    Inserted,

    /// <summary>Nothing was stored: the location wants unique references, and this one is taken.</summary>
    ReferenceTaken,

    /// <summary>Nothing was stored: the customer whose saved card it was to be is gone, or has as many as there may be.</summary>
    CardNotSaved,
}

/// <summary>Setup intents with their events.</summary>
internal interface ISetupIntentStore
{
    /// <summary>The largest internal id in use, so that new ones go on from there; 0 when there is none.</summary>
    Task<long> FindLastRecordIdAsync(CancellationToken ct);

    /// <summary>
    /// Stores a setup intent, its events, the completion of the idempotency claim that it answers, and an audit entry, in one transaction;
    /// a refused insert gives the claim up in that same transaction. Not cancellable: what was begun is finished.
    /// </summary>
    Task<InsertOutcome> InsertAsync(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[]? idempotencyKeyHash, AuditEntry? audit = null);

    /// <summary>
    /// Stores the setup intents of a batch, each with its events, and the completion of the idempotency claim, in one transaction. Where none is stored,
    /// the claim is given up in that same transaction.
    /// </summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="items">What to store; null for an item of which there is nothing.</param>
    /// <param name="idempotencyKeyHash">The claim; null without one.</param>
    /// <param name="answerOf">The answer to keep, from what became of each item.</param>
    /// <returns>What became of each item; of one of which there is nothing, that is of no meaning.</returns>
    Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        Tenant tenant, IReadOnlyList<PreparedSetupIntent?> items, byte[]? idempotencyKeyHash, Func<IReadOnlyList<InsertOutcome>, IdempotencyAnswer> answerOf);

    /// <summary>A tenant's setup intent, or null.</summary>
    Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>A tenant's setup intent with its history, oldest first, in one read; or null.</summary>
    Task<(StoredSetupIntent Intent, IReadOnlyList<SetupIntentEvent> Events)?> FindWithEventsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>A setup intent by id alone, for a caller without a tenant: only for what anyone who knows the token may see.</summary>
    Task<StoredSetupIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct);

    /// <summary>The history of a tenant's setup intent, oldest first.</summary>
    Task<IReadOnlyList<SetupIntentEvent>> ListEventsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>A page of a tenant's setup intents.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListAsync(Tenant tenant, SetupIntentPage page, CancellationToken ct);

    /// <summary>
    /// Makes a transition with its event and an audit entry, in one transaction, if the setup intent still is what the transition starts from
    /// and is not being charged.
    /// </summary>
    /// <returns>The setup intent after it; null when another change was first.</returns>
    Task<StoredSetupIntent?> ApplyAsync(SetupIntentLife.Transition transition, AuditEntry? audit = null);

    /// <summary>Renews the client session secret.</summary>
    Task<ClientSecretState> RenewClientSecretAsync(StoredSetupIntent intent, DateTimeOffset expiresAt);

    /// <summary>A tenant's setup intents for which time has something to do, at most <paramref name="limit"/>. Not those that are being charged.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Destroys the card data of a finished setup intent, with an event. Does nothing when that has been done already, when it is
    /// not due any more, and while it is being charged.
    /// </summary>
    Task DestroyCardDataAsync(StoredSetupIntent intent, SetupIntentEvent entry);

    /// <summary>A tenant's setup intents whose authorization is not known, and about which it is time to ask.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListUnresolvedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>Puts off the next question about an authorization.</summary>
    Task AskLaterAsync(StoredSetupIntent intent, DateTimeOffset askAt);

    /// <summary>Makes another attempt of one that the acquirer has never seen.</summary>
    /// <returns>Whether it did: not when someone else was first.</returns>
    Task<bool> RenameAttemptAsync(StoredSetupIntent intent, UnresolvedAttempt anew);

    /// <summary>Ends an authorization that the issuer has declined: its card can never be charged, so its number is destroyed.</summary>
    Task RecordDeclineAsync(StoredSetupIntent intent, SetupIntentEvent entry);
}
