using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The outcome of an insert.</summary>
internal enum InsertOutcome
{
    /// <summary>The setup intent is on disk.</summary>
    Inserted,

    /// <summary>Nothing was stored, because the location requires unique references and this one is taken.</summary>
    ReferenceTaken,

    /// <summary>Nothing was stored, because the customer whose saved card it was to be is gone, or has reached the limit of saved cards.</summary>
    CardNotSaved,
}

/// <summary>Stores setup intents with their events.</summary>
internal interface ISetupIntentStore
{
    /// <summary>Returns the largest internal id in use, after which new ones continue; 0 when there is none.</summary>
    Task<long> FindLastRecordIdAsync(CancellationToken ct);

    /// <summary>
    /// Stores a setup intent, its events, the completion of the idempotency claim that it answers, and an audit entry, in one transaction;
    /// a refused insert releases the claim in that same transaction. It cannot be canceled.
    /// </summary>
    Task<InsertOutcome> InsertAsync(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[]? idempotencyKeyHash, AuditEntry? audit = null);

    /// <summary>
    /// Stores the setup intents of a batch, each with its events, and the completion of the idempotency claim, in one transaction. If none is stored,
    /// that same transaction releases the claim.
    /// </summary>
    /// <param name="tenant">The owner of the setup intents.</param>
    /// <param name="items">The setup intents to store; null for a refused item.</param>
    /// <param name="idempotencyKeyHash">The hash of the idempotency key; null without a key.</param>
    /// <param name="answerOf">Makes the answer to keep from the outcome of each item.</param>
    /// <returns>The outcome of each item; that of a null item has no meaning.</returns>
    Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        Tenant tenant, IReadOnlyList<PreparedSetupIntent?> items, byte[]? idempotencyKeyHash, Func<IReadOnlyList<InsertOutcome>, IdempotencyAnswer> answerOf);

    /// <summary>Returns a tenant's setup intent, or null.</summary>
    Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Returns a tenant's setup intent with its history, oldest first, in one read; or null.</summary>
    Task<(StoredSetupIntent Intent, IReadOnlyList<SetupIntentEvent> Events)?> FindWithEventsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Finds a setup intent by id alone, for a caller without a tenant. Only for data that anyone who knows the token may see.</summary>
    Task<StoredSetupIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct);

    /// <summary>Returns the history of a tenant's setup intent, oldest first.</summary>
    Task<IReadOnlyList<SetupIntentEvent>> ListEventsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Returns a page of a tenant's setup intents.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListAsync(Tenant tenant, SetupIntentPage page, CancellationToken ct);

    /// <summary>
    /// Stores a transition with its event and an audit entry, in one transaction, if the setup intent still has the status that the transition starts from
    /// and is not being charged.
    /// </summary>
    /// <returns>The setup intent after the transition; null when another change was first.</returns>
    Task<StoredSetupIntent?> ApplyAsync(SetupIntentLife.Transition transition, AuditEntry? audit = null);

    /// <summary>Renews the client session secret.</summary>
    Task<ClientSecretState> RenewClientSecretAsync(StoredSetupIntent intent, DateTimeOffset expiresAt);

    /// <summary>Lists a tenant's setup intents with due work, at most <paramref name="limit"/>, except those that are being charged.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Destroys the card data of a finished setup intent, and adds an event. Does nothing when the data is destroyed already, is no
    /// longer due to be destroyed, or while the setup intent is being charged.
    /// </summary>
    Task DestroyCardDataAsync(StoredSetupIntent intent, SetupIntentEvent entry);

    /// <summary>Lists a tenant's setup intents whose authorization outcome is not known, and about which the acquirer is to be asked now.</summary>
    Task<IReadOnlyList<StoredSetupIntent>> ListUnresolvedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>Postpones the next question about an authorization.</summary>
    Task AskLaterAsync(StoredSetupIntent intent, DateTimeOffset askAt);

    /// <summary>Replaces an attempt that the acquirer has never seen with a new one.</summary>
    /// <returns>Whether it was replaced; false when another caller was first.</returns>
    Task<bool> RenameAttemptAsync(StoredSetupIntent intent, UnresolvedAttempt anew);

    /// <summary>Ends an authorization that the issuer declined. The card can never be charged, so its number is destroyed.</summary>
    Task RecordDeclineAsync(StoredSetupIntent intent, SetupIntentEvent entry);
}
