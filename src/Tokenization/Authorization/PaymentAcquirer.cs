using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Decides whom to ask about payments, as <see cref="CardAuthorizer"/> does about cards.</summary>
internal sealed class PaymentAcquirer(SandboxIssuer sandbox, AcquirerConnector acquirer, NoIssuer nobody) : IPaymentAcquirer
{
    public Task<AuthorizationOutcome> HoldAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct)
    {
        AttemptRules.ThrowUnlessTransactionId(transactionId);
        AttemptRules.ThrowUnlessAmount(amountInMinorUnits, currencyCode);
        return AcquirerFor(tenant).HoldAsync(tenant, card, amountInMinorUnits, currencyCode, transactionId, ct);
    }

    public Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct)
    {
        ThrowUnlessOrder(order);
        return AcquirerFor(tenant).SettleAsync(tenant, order, ct);
    }

    public Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct)
    {
        ThrowUnlessOrder(order);
        return AcquirerFor(tenant).AskAsync(tenant, order, ct);
    }

    private static void ThrowUnlessOrder(SettlementOrder order)
    {
        AttemptRules.ThrowUnlessTransactionId(order.TransactionId);
        AttemptRules.ThrowUnlessTransactionId(order.OriginalTransactionId);
        AttemptRules.ThrowUnlessAmount(order.AmountInMinorUnits, order.CurrencyCode);
    }

    private IPaymentAcquirer AcquirerFor(Tenant tenant) =>
        tenant.Environment == TenantEnvironment.Sandbox ? sandbox
        : acquirer.IsConfigured ? acquirer
        : nobody;
}
