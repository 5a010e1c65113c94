using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What is done with money that the issuer promised.</summary>
public enum SettlementKind
{
    /// <summary>Takes some of it, or all.</summary>
    Capture,

    /// <summary>Lets all of it go before any was taken.</summary>
    Reversal,

    /// <summary>Gives some of what was taken back, or all.</summary>
    Refund,
}

/// <summary>An order about an earlier attempt that the issuer approved.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="TransactionId">Names the order: 1 to 64 ASCII letters, digits, hyphens and underscores. Not secret.</param>
/// <param name="OriginalTransactionId">The attempt that the issuer approved.</param>
/// <param name="AmountInMinorUnits">How much, in pence or the like; more than 0. Of a reversal all that was promised.</param>
/// <param name="CurrencyCode">Of what: three capital letters, as in ISO 4217.</param>
public sealed record SettlementOrder(SettlementKind Kind, string TransactionId, string OriginalTransactionId, long AmountInMinorUnits, string CurrencyCode);

/// <summary>What became of an order.</summary>
public enum SettlementOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The other side refused it for good. Nothing was moved.</summary>
    Declined,

    /// <summary>The other side was asked and may have acted, but its answer is not known. Ask again; another order could act a second time.</summary>
    Unknown,

    /// <summary>Nobody was asked, or the one asked turned away before acting. Nothing was moved.</summary>
    NotAttempted,
}

/// <summary>
/// The acquirer's side of payments in more than one step. Every order has an id of ours, which is also its idempotency key: repeating it under
/// the same id never acts twice. Faults of the connection are outcomes too, as for <see cref="ICardAuthorizer"/>.
/// </summary>
public interface IPaymentAcquirer
{
    /// <summary>
    /// Has money promised, and takes none yet. Parameters and outcomes are those of <see cref="ICardAuthorizer.ChargeAsync"/>; what became of it
    /// is asked by <see cref="ICardAuthorizer.AskAsync"/>.
    /// </summary>
    Task<AuthorizationOutcome> HoldAsync(Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct);

    /// <summary>Carries an order out.</summary>
    Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct);

    /// <summary>
    /// What became of an order: <see cref="SettlementOutcome.NotAttempted"/> only when the other side says that it has never seen it, and
    /// <see cref="SettlementOutcome.Unknown"/> when it could not be asked.
    /// </summary>
    Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct);
}
