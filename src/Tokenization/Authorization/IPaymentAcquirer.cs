using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What to do with an amount that the issuer authorized.</summary>
public enum SettlementKind
{
    /// <summary>Captures part or all of it.</summary>
    Capture,

    /// <summary>Releases all of it before any was captured.</summary>
    Reversal,

    /// <summary>Refunds part or all of what was captured.</summary>
    Refund,
}

/// <summary>An order about an earlier attempt that the issuer approved.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="TransactionId">The id of the order: 1 to 64 ASCII letters, digits, hyphens and underscores. Not secret.</param>
/// <param name="OriginalTransactionId">The id of the attempt that the issuer approved.</param>
/// <param name="AmountInMinorUnits">The amount in minor units, such as pence; more than 0. For a reversal, all that was authorized.</param>
/// <param name="CurrencyCode">The currency: three capital letters, as in ISO 4217.</param>
public sealed record SettlementOrder(SettlementKind Kind, string TransactionId, string OriginalTransactionId, long AmountInMinorUnits, string CurrencyCode);

/// <summary>The outcome of an order.</summary>
public enum SettlementOutcome
{
    /// <summary>The order was carried out.</summary>
    Done,

    /// <summary>The other side refused the order for good. No money moved.</summary>
    Declined,

    /// <summary>The other side was asked and may have acted, but its answer is not known. Ask again; another order could act a second time.</summary>
    Unknown,

    /// <summary>Nobody was asked, or the party asked refused before acting. No money moved.</summary>
    NotAttempted,
}

/// <summary>
/// The acquirer's side of payments that take more than one step. We choose the id of each order, which is also its idempotency key: repeating an order
/// under the same id never acts twice. Connection faults are outcomes too, as for <see cref="ICardAuthorizer"/>.
/// </summary>
public interface IPaymentAcquirer
{
    /// <summary>
    /// Authorizes an amount without capturing it. Parameters and outcomes are those of <see cref="ICardAuthorizer.ChargeAsync"/>;
    /// <see cref="ICardAuthorizer.AskAsync"/> asks what became of it.
    /// </summary>
    Task<AuthorizationOutcome> HoldAsync(Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct);

    /// <summary>Carries out an order.</summary>
    Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct);

    /// <summary>
    /// Asks what became of an order. Returns <see cref="SettlementOutcome.NotAttempted"/> only if the other side says that it has never seen the order,
    /// and <see cref="SettlementOutcome.Unknown"/> if it could not be asked.
    /// </summary>
    Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct);
}
