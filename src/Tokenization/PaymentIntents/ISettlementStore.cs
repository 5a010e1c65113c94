using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>The outcome of trying to begin a settlement.</summary>
internal abstract record SettlementBegin
{
    /// <summary>The settlement is on disk, and the caller carries it out.</summary>
    public sealed record Begun(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>The same settlement was requested under this idempotency key before. Contains what became of it.</summary>
    public sealed record Known(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>The idempotency key was used for another request.</summary>
    public sealed record OtherRequest : SettlementBegin;

    /// <summary>The contained settlement has to end first.</summary>
    public sealed record Busy(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>The state of the payment intent does not allow the settlement.</summary>
    public sealed record WrongState(StoredPaymentIntent Payment) : SettlementBegin;

    /// <summary>The amount is more than is available, or not positive. Contains the available amount, in minor units.</summary>
    public sealed record TooMuch(long Available) : SettlementBegin;
}

/// <summary>Stores captures, reversals and refunds. Each method is one transaction.</summary>
internal interface ISettlementStore
{
    /// <summary>Validates a requested settlement by <see cref="SettlementRules"/>, and stores it if it may begin.</summary>
    /// <param name="payment">The payment intent to settle.</param>
    /// <param name="wish">The requested settlement.</param>
    /// <param name="settlement">The settlement to store. The store sets the amount of a reversal.</param>
    Task<SettlementBegin> BeginAsync(StoredPaymentIntent payment, SettlementWish wish, StoredSettlement settlement);

    /// <summary>Takes over a settlement whose lease has expired.</summary>
    /// <returns>Whether it was taken over; false when another caller was first, or it has ended.</returns>
    Task<bool> TakeOverAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records that the outcome is not known. The settlement can be taken over from <paramref name="askAgainAt"/> on.</summary>
    Task LeaveUnknownAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset askAgainAt, PaymentIntentEvent entry);

    /// <summary>Ends a settlement: stores its status, the payment intent's amounts and status, and the event.</summary>
    /// <returns>Whether it was ended; false when it had ended already.</returns>
    Task<bool> FinishAsync(StoredPaymentIntent payment, StoredSettlement settlement, SettlementStatus status, PaymentIntentEvent entry);

    /// <summary>Returns a tenant's settlement with its payment intent; null when there is none.</summary>
    Task<(StoredSettlement Settlement, StoredPaymentIntent Payment)?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Lists the settlements of a payment intent, oldest first.</summary>
    Task<IReadOnlyList<StoredSettlement>> ListAsync(StoredPaymentIntent payment, CancellationToken ct);

    /// <summary>Lists a tenant's open settlements whose lease has expired, with their payment intents.</summary>
    Task<IReadOnlyList<(StoredSettlement Settlement, StoredPaymentIntent Payment)>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Lists a tenant's authorized payment intents whose time to be captured is over, except those with an open settlement or with one created after
    /// <paramref name="triedBefore"/>.
    /// </summary>
    Task<IReadOnlyList<StoredPaymentIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset triedBefore, int limit, CancellationToken ct);
}
