using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>An issuer whose connection breaks, with an exception message that reveals a secret.</summary>
internal sealed class FailingAuthorizer : ICardAuthorizer
{
    public const string Secret = "acquirer-password-hunter2";

    public bool IsBroken { get; set; } = true;

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) => IsBroken
        ? throw new InvalidOperationException($"{Secret} {ACard.Approved}")
        : Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.Approved("one", "000001"));

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        AuthorizeAsync(tenant, card, transactionId, ct);

    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
        Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());
}
