using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The issuer for production without an acquirer. It asks nobody.</summary>
internal sealed class NoIssuer : IIssuer
{
    private static readonly Task<AuthorizationOutcome> s_notAttempted = Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) => s_notAttempted;

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) => s_notAttempted;

    /// <summary>Returns an unknown outcome: an acquirer may have been connected when the attempt was made, and may have acted.</summary>
    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
        Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.Unknown(transactionId));

    public Task<AuthorizationOutcome> HoldAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) => s_notAttempted;

    public Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct) => Task.FromResult(SettlementOutcome.NotAttempted);

    /// <summary>Returns an unknown outcome: an acquirer may have been connected when the order was given.</summary>
    public Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct) => Task.FromResult(SettlementOutcome.Unknown);
}
