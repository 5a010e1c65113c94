using System.Globalization;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// The sandbox issuer, which decides by card number because the call carries no verification code and no amount. In
/// production nobody is asked: no acquirer is connected, and the setup intent stays created.
/// </summary>
internal sealed class CardAuthorizer : ICardAuthorizer
{
    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, CancellationToken ct) =>
        Task.FromResult(tenant.Environment == TenantEnvironment.Sandbox ? AskSandbox(card.Number) : new AuthorizationOutcome.NotAttempted());

    private static AuthorizationOutcome AskSandbox(CardNumber number)
    {
        var transactionId = Guid.NewGuid().ToString();
        return number.IsTestCard(out var card) && card.Outcome == TestCardOutcome.Approves
            ? new AuthorizationOutcome.Approved(transactionId, RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture))
            : new AuthorizationOutcome.Declined(transactionId);
    }
}
