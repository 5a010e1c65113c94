using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>A charge that is in progress, or whose outcome is not known.</summary>
/// <param name="TransactionId">The id of the attempt, also for the acquirer.</param>
/// <param name="Until">When its lease expires. Until then it belongs to whatever began it or last took it over.</param>
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
    /// <summary>The internal id of the token of the saved card that pays it; null when a token is charged, or a shopper enters a card.</summary>
    public long? SavedCardRecordId { get; init; }

    /// <summary>The tip, in minor units; charged in addition to the amount.</summary>
    public long TipsAmount { get; init; }

    /// <summary>The amount at creation, in minor units; null until the amount or the tip is changed.</summary>
    public long? RequestedAmount { get; init; }

    /// <summary>The tip at creation, in minor units; null until the amount or the tip is changed.</summary>
    public long? RequestedTipsAmount { get; init; }

    /// <summary>The JSON object of <c>DetailsJson</c> at creation; null until the amount or the tip is changed.</summary>
    public string? RequestedDetailsJson { get; init; }

    /// <summary>The service charge, in minor units; charged in addition to the amount.</summary>
    public long ServiceChargeAmount { get; init; }

    /// <summary>The transaction id of the attempt that the issuer approved; null before approval.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The authorized amount, in minor units: zero or the total.</summary>
    public long AuthorizedAmount { get; init; }

    /// <summary>The captured amount, in minor units; never above the authorized amount.</summary>
    public long CapturedAmount { get; init; }

    /// <summary>The refunded amount, in minor units; never above the captured amount.</summary>
    public long RefundedAmount { get; init; }

    /// <summary>The shopper's or saved card that paid it, or was last tried; null before the first attempt, and when a token is charged.</summary>
    public ShownCard? Card { get; init; }

    /// <summary>The client session secret that was issued last; null when none was.</summary>
    public ClientSecretState? ClientSecret { get; init; }

    /// <summary>Whether a charge captures the amount at once.</summary>
    public CaptureMode CaptureMode { get; init; }

    /// <summary>How long the authorization can be captured; null when the creator did not say.</summary>
    public TimeSpan? AutoExpireIn { get; init; }

    /// <summary>What happens to the authorization after that time; null when the creator did not say.</summary>
    public AutoExpireAction? AutoExpireAction { get; init; }

    /// <summary>Until when the authorization can be captured; null before authorization, and when the amount was captured at once.</summary>
    public DateTimeOffset? SettleAt { get; init; }

    /// <summary>Returns the payment intent as the answer to its creation showed it.</summary>
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

    /// <summary>The total to charge: the amount, the tip and the service charge.</summary>
    public Money Total => Amount with { Value = Amount.Value + TipsAmount + ServiceChargeAmount };
}

/// <summary>Selects a page of payment intents, newest first.</summary>
/// <param name="Statuses">The statuses to include; at least one.</param>
/// <param name="From">The earliest time of creation, inclusive; null for no limit.</param>
/// <param name="To">The latest time of creation, inclusive; null for no limit.</param>
/// <param name="NewerThan">The internal id that the page's items are newer than; null for no limit.</param>
/// <param name="OlderThan">The internal id that the page's items are older than; null for no limit.</param>
/// <param name="Limit">The most items to return.</param>
internal sealed record PaymentIntentPage(
    IReadOnlyList<PaymentIntentStatus> Statuses, DateTimeOffset? From, DateTimeOffset? To, long? NewerThan, long? OlderThan, int Limit);

/// <summary>The outcome of trying to begin a charge.</summary>
internal enum BeginOutcome
{
    /// <summary>The caller may make the charge.</summary>
    Begun,

    /// <summary>The payment intent, or another one of the same token, is being charged.</summary>
    Busy,

    /// <summary>The payment intent or its setup intent is not, or no longer, in a status in which it can be charged.</summary>
    WrongState,
}

/// <summary>Stores payment intents with their events.</summary>
internal interface IPaymentIntentStore
{
    /// <summary>Stores a payment intent, its event, and the completion of the idempotency claim that it answers, in one transaction.</summary>
    Task InsertAsync(StoredPaymentIntent intent, PaymentIntentEvent entry, byte[]? idempotencyKeyHash = null);

    Task<StoredPaymentIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Finds a payment intent by id alone, for a caller without a tenant. Only for data that anyone who knows the id may see.</summary>
    Task<StoredPaymentIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct);

    /// <summary>Returns a page of a tenant's payment intents: the newest that match, or with <see cref="PaymentIntentPage.NewerThan"/> those next to that id.</summary>
    Task<IReadOnlyList<StoredPaymentIntent>> SearchAsync(Tenant tenant, PaymentIntentPage page, CancellationToken ct);

    /// <summary>Renews the client session secret.</summary>
    Task<ClientSecretState> RenewClientSecretAsync(StoredPaymentIntent intent, DateTimeOffset expiresAt);

    /// <summary>Changes the amounts, if the payment intent still is as it was read, is created, and is not being charged.</summary>
    /// <param name="before">The payment intent as it was read.</param>
    /// <param name="after">The payment intent with the new amounts, details and time of change.</param>
    /// <returns>Whether the change was made.</returns>
    Task<bool> UpdateAsync(StoredPaymentIntent before, StoredPaymentIntent after);

    Task<IReadOnlyList<PaymentIntentEvent>> ListEventsAsync(StoredPaymentIntent intent, CancellationToken ct);

    /// <summary>Cancels a created payment intent that is not being charged.</summary>
    /// <returns>Whether it was canceled.</returns>
    Task<bool> CancelAsync(StoredPaymentIntent intent, PaymentIntentEvent entry);

    /// <summary>
    /// Marks the payment intent and its setup intent as being charged, both or neither. Until <see cref="FinishAsync"/>, no second charge of either can begin,
    /// and the setup intent cannot be deleted.
    /// </summary>
    /// <param name="intent">The payment intent to charge.</param>
    /// <param name="tokenStatus">The status in which the setup intent was found chargeable. Nothing is marked when it has another one now.</param>
    /// <param name="attempt">The attempt.</param>
    Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, SetupIntentStatus tokenStatus, ChargeAttempt attempt);

    /// <summary>Marks a payment intent without a setup intent as being charged, with the card of a shopper or a saved card.</summary>
    Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, ShownCard card, ChargeAttempt attempt);

    /// <summary>Takes over an attempt whose lease has expired.</summary>
    /// <returns>Whether it was taken over; false when another caller was first.</returns>
    Task<bool> TakeOverAsync(StoredPaymentIntent intent, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records that the outcome of an attempt is not known. The attempt can be taken over from <paramref name="askAgainAt"/> on.</summary>
    Task LeaveUnknownAsync(StoredPaymentIntent intent, ChargeAttempt attempt, DateTimeOffset askAgainAt, PaymentIntentEvent entry);

    /// <summary>
    /// Ends an attempt in one transaction: stores the payment intent's status and event, and completes the setup intent if the charge was approved. The event
    /// of an approved charge states the amount.
    /// </summary>
    /// <returns>Whether the attempt was ended; false when it had ended already.</returns>
    /// <param name="intent">The payment intent that was charged.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="entry">The event that records the outcome.</param>
    /// <param name="settleAt">Until when the amount can be captured, if it was only authorized.</param>
    Task<bool> FinishAsync(StoredPaymentIntent intent, ChargeAttempt attempt, PaymentIntentEvent entry, DateTimeOffset? settleAt = null);

    /// <summary>Lists a tenant's payment intents with an attempt whose lease has expired.</summary>
    Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);
}
