using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>A charge that is under way, or whose outcome is not known.</summary>
/// <param name="TransactionId">Names it, towards the acquirer too.</param>
/// <param name="Until">Before this, it belongs to the one who began it or last took it over.</param>
internal sealed record ChargeAttempt(string TransactionId, DateTimeOffset Until);

/// <summary>A payment intent as it is stored.</summary>
internal sealed record StoredPaymentIntent(
    long RecordId,
    Tenant Tenant,
    long? SetupIntentRecordId,
    PaymentIntentStatus Status,
    Money Amount,
    string Reference,
    IReadOnlyDictionary<string, string>? Metadata,
    string? DetailsJson,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ExpireAt,
    ChargeAttempt? Attempt)
{
    /// <summary>The token of the saved card that it is paid with; null where a token is charged, or a shopper enters a card.</summary>
    public long? SavedCardRecordId { get; init; }

    /// <summary>A tip, in minor units: charged besides the amount.</summary>
    public long TipsAmount { get; init; }

    /// <summary>The amount that it was created with, in minor units; null where amount and tip are as they were then.</summary>
    public long? RequestedAmount { get; init; }

    /// <summary>The tip that it was created with, in minor units; null as above.</summary>
    public long? RequestedTipsAmount { get; init; }

    /// <summary>The properties that it was created with, where those were changed with the amount; else null.</summary>
    public string? RequestedDetailsJson { get; init; }

    /// <summary>A service charge, in minor units: charged besides the amount.</summary>
    public long ServiceChargeAmount { get; init; }

    /// <summary>The attempt that the issuer approved; null before.</summary>
    public string? TransactionId { get; init; }

    /// <summary>What the issuer promised, in minor units: nothing, or the whole.</summary>
    public long AuthorizedAmount { get; init; }

    /// <summary>What was taken, in minor units; never above what was authorized.</summary>
    public long CapturedAmount { get; init; }

    /// <summary>What was given back, in minor units; never above what was captured.</summary>
    public long RefundedAmount { get; init; }

    /// <summary>The card that a shopper paid, or tried to pay, with; null where a token is charged.</summary>
    public ShownCard? Card { get; init; }

    /// <summary>The client session secret that was issued last; null when none was.</summary>
    public ClientSecretState? ClientSecret { get; init; }

    /// <summary>Whether a charge takes the money at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long promised money can be captured, where the creator said so.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What becomes of it then, where the creator said so.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>Until when promised money can be captured; null before it is promised, and where it was taken at once.</summary>
    public DateTimeOffset? SettleAt { get; init; }

    /// <summary>The same as its creation was answered.</summary>
    public StoredPaymentIntent AsCreated() => this with
    {
        Status = PaymentIntentStatus.Created,
        UpdatedAt = CreatedAt,
        Amount = Amount with { Value = RequestedAmount ?? Amount.Value },
        TipsAmount = RequestedTipsAmount ?? TipsAmount,
        DetailsJson = RequestedDetailsJson ?? DetailsJson,
        RequestedAmount = null,
        Attempt = null,
        AuthorizedAmount = 0,
        RefundedAmount = 0,
        Card = null,
        ClientSecret = ClientSecret is null ? null : new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(CreatedAt)),
    };

    /// <summary>What is charged: the amount, the tip and the service charge.</summary>
    public Money Total => Amount with { Value = Amount.Value + TipsAmount + ServiceChargeAmount };
}

/// <summary>Which payment intents a page has, newest first.</summary>
/// <param name="Statuses">In which statuses; at least one.</param>
/// <param name="From">Created at or after; null for no limit.</param>
/// <param name="To">Created at or before; null for no limit.</param>
/// <param name="NewerThan">The one that those of the page are newer than; null for none.</param>
/// <param name="OlderThan">The one that those of the page are older than; null for none.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record PaymentIntentPage(
    IReadOnlyList<PaymentIntentStatus> Statuses, DateTimeOffset? From, DateTimeOffset? To, long? NewerThan, long? OlderThan, int Limit);

/// <summary>What became of the wish to begin a charge.</summary>
internal enum BeginOutcome
{
    /// <summary>The charge is the caller's to make.</summary>
    Begun,

    /// <summary>The payment intent, or another one of the same token, is being charged.</summary>
    Busy,

    /// <summary>The payment intent or its setup intent is not, or no longer, in a status to be charged.</summary>
    WrongState,
}

/// <summary>Payment intents with their events.</summary>
internal interface IPaymentIntentStore
{
    /// <summary>Stores a payment intent, its event, and the completion of the idempotency claim that it answers, in one transaction.</summary>
    Task InsertAsync(StoredPaymentIntent intent, PaymentIntentEvent entry, byte[]? idempotencyKeyHash = null);

    Task<StoredPaymentIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>A payment intent by id alone, for a caller without a tenant: only for what anyone who knows the id may see.</summary>
    Task<StoredPaymentIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct);

    /// <summary>A page of a tenant's payment intents: newest first, or with a newer one those next to it.</summary>
    Task<IReadOnlyList<StoredPaymentIntent>> SearchAsync(Tenant tenant, PaymentIntentPage page, CancellationToken ct);

    /// <summary>Renews the client session secret.</summary>
    Task<ClientSecretState> RenewClientSecretAsync(StoredPaymentIntent intent, DateTimeOffset expiresAt);

    /// <summary>Changes what is charged, if the payment intent still is as it was read, created, and not being charged.</summary>
    /// <param name="before">As it was read.</param>
    /// <param name="after">The same with other amounts, properties and time of change.</param>
    /// <returns>Whether it did.</returns>
    Task<bool> UpdateAsync(StoredPaymentIntent before, StoredPaymentIntent after);

    Task<IReadOnlyList<PaymentIntentEvent>> ListEventsAsync(StoredPaymentIntent intent, CancellationToken ct);

    /// <summary>Cancels a created payment intent that is not being charged.</summary>
    /// <returns>Whether it did.</returns>
    Task<bool> CancelAsync(StoredPaymentIntent intent, PaymentIntentEvent entry);

    /// <summary>
    /// Marks the payment intent and its setup intent as being charged, both or neither: no second charge of either begins, and
    /// the setup intent cannot be deleted, before <see cref="FinishAsync"/>.
    /// </summary>
    /// <param name="intent">What is charged.</param>
    /// <param name="tokenStatus">The status in which the setup intent was found fit to be charged; in any other, nothing is marked.</param>
    /// <param name="attempt">The attempt.</param>
    Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, SetupIntentStatus tokenStatus, ChargeAttempt attempt);

    /// <summary>The same for a payment intent without a setup intent, which a shopper pays with a card.</summary>
    Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, ShownCard card, ChargeAttempt attempt);

    /// <summary>Takes over an attempt whose time is up.</summary>
    /// <returns>Whether it did: not when someone else was first.</returns>
    Task<bool> TakeOverAsync(StoredPaymentIntent intent, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records that the outcome of an attempt is not known; it can be taken over from <paramref name="askAgainAt"/> on.</summary>
    Task LeaveUnknownAsync(StoredPaymentIntent intent, ChargeAttempt attempt, DateTimeOffset askAgainAt, PaymentIntentEvent entry);

    /// <summary>
    /// Ends an attempt, in one transaction: the payment intent's status and event, and where the money was taken the setup
    /// intent's completion. An event of money taken says how much.
    /// </summary>
    /// <returns>Whether it did: not when the attempt has been ended already.</returns>
    /// <param name="intent">What was charged.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="entry">What came of it.</param>
    /// <param name="settleAt">Until when the money can be captured, where it was only promised.</param>
    Task<bool> FinishAsync(StoredPaymentIntent intent, ChargeAttempt attempt, PaymentIntentEvent entry, DateTimeOffset? settleAt = null);

    /// <summary>A tenant's payment intents with an attempt whose time is up.</summary>
    Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);
}
