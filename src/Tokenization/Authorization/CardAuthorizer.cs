using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Decides whom to ask: the sandbox issuer for the sandbox, the acquirer for production, and in production without an
/// acquirer nobody.
/// </summary>
internal sealed class CardAuthorizer(SandboxIssuer sandbox, AcquirerConnector acquirer, NoIssuer nobody) : ICardAuthorizer
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

    private ICardAuthorizer IssuerFor(Tenant tenant) =>
        tenant.Environment == TenantEnvironment.Sandbox ? sandbox
        : acquirer.IsConfigured ? acquirer
        : nobody;
}
