using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.PaymentIntents;

/// <summary>What became of the wish to begin a settlement.</summary>
internal abstract record SettlementBegin
{
    /// <summary>It is the caller's to carry out, and on disk.</summary>
    public sealed record Begun(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>It was asked for under this idempotency key before; this is what became of it.</summary>
    public sealed record Known(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>The idempotency key was used for another wish.</summary>
    public sealed record OtherRequest : SettlementBegin;

    /// <summary>This one has to end first.</summary>
    public sealed record Busy(StoredSettlement Settlement) : SettlementBegin;

    /// <summary>The payment intent is in no state for it.</summary>
    public sealed record WrongState(StoredPaymentIntent Payment) : SettlementBegin;

    /// <summary>There is only so much, in minor units.</summary>
    public sealed record TooMuch(long Available) : SettlementBegin;
}

/// <summary>Captures, reversals and refunds. Each method is one transaction.</summary>
internal interface ISettlementStore
{
    /// <summary>Judges a wish by <see cref="SettlementRules"/> and stores it where it may be begun.</summary>
    /// <param name="payment">What it is of.</param>
    /// <param name="wish">What is wished for.</param>
    /// <param name="settlement">What to store; of a reversal the store sets the amount.</param>
    Task<SettlementBegin> BeginAsync(StoredPaymentIntent payment, SettlementWish wish, StoredSettlement settlement);

    /// <summary>Takes over a settlement whose time is up.</summary>
    /// <returns>Whether it did: not when someone else was first, or it has ended.</returns>
    Task<bool> TakeOverAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records that the outcome is not known; it can be taken over from <paramref name="askAgainAt"/> on.</summary>
    Task LeaveUnknownAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset askAgainAt, PaymentIntentEvent entry);

    /// <summary>Ends a settlement: its status, the payment intent's amounts and status, and the event.</summary>
    /// <returns>Whether it did: not when it has been ended already.</returns>
    Task<bool> FinishAsync(StoredPaymentIntent payment, StoredSettlement settlement, SettlementStatus status, PaymentIntentEvent entry);

    /// <summary>A tenant's settlement, with its payment intent.</summary>
    Task<(StoredSettlement Settlement, StoredPaymentIntent Payment)?> FindAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>The settlements of a payment intent, oldest first.</summary>
    Task<IReadOnlyList<StoredSettlement>> ListAsync(StoredPaymentIntent payment, CancellationToken ct);

    /// <summary>A tenant's settlements without an end whose time is up, with their payment intents.</summary>
    Task<IReadOnlyList<(StoredSettlement Settlement, StoredPaymentIntent Payment)>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// A tenant's authorized payment intents whose time to be captured is over. Not those about which something is open, or was tried since
    /// <paramref name="triedBefore"/>.
    /// </summary>
    Task<IReadOnlyList<StoredPaymentIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset triedBefore, int limit, CancellationToken ct);
}
