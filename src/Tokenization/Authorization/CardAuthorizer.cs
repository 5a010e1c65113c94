using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Chooses the issuer to ask: the sandbox issuer for the sandbox, the acquirer for production, and nobody for production without
/// an acquirer.
/// </summary>
internal sealed class CardAuthorizer(SandboxIssuer sandbox, AcquirerConnector acquirer, NoIssuer nobody) : IIssuer
{
    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct)
    {
        AttemptRules.ThrowUnlessTransactionId(transactionId);
        return IssuerFor(tenant).AuthorizeAsync(tenant, card, transactionId, ct);
    }

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct)
    {
        AttemptRules.ThrowUnlessTransactionId(transactionId);
        AttemptRules.ThrowUnlessAmount(amountInMinorUnits, currencyCode);
        return IssuerFor(tenant).ChargeAsync(tenant, card, amountInMinorUnits, currencyCode, transactionId, ct);
    }

    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct)
    {
        AttemptRules.ThrowUnlessTransactionId(transactionId);
        return IssuerFor(tenant).AskAsync(tenant, transactionId, ct);
    }

    public Task<AuthorizationOutcome> HoldAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct)
    {
        AttemptRules.ThrowUnlessTransactionId(transactionId);
        AttemptRules.ThrowUnlessAmount(amountInMinorUnits, currencyCode);
        return IssuerFor(tenant).HoldAsync(tenant, card, amountInMinorUnits, currencyCode, transactionId, ct);
    }

    public Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct)
    {
        ThrowUnlessOrder(order);
        return IssuerFor(tenant).SettleAsync(tenant, order, ct);
    }

    public Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct)
    {
        ThrowUnlessOrder(order);
        return IssuerFor(tenant).AskAsync(tenant, order, ct);
    }

    private static void ThrowUnlessOrder(SettlementOrder order)
    {
        AttemptRules.ThrowUnlessTransactionId(order.TransactionId);
        AttemptRules.ThrowUnlessTransactionId(order.OriginalTransactionId);
        AttemptRules.ThrowUnlessAmount(order.AmountInMinorUnits, order.CurrencyCode);
    }

    private IIssuer IssuerFor(Tenant tenant) =>
        tenant.Environment == TenantEnvironment.Sandbox ? sandbox
        : acquirer.IsConfigured ? acquirer
        : nobody;
}

/// <summary>A party that answers for both cards and payments.</summary>
internal interface IIssuer : ICardAuthorizer, IPaymentAcquirer;
