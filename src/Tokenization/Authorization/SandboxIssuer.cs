using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// The issuer of the published test cards. It decides by card number alone, remembers nothing, and so gives the same answer
/// to the same attempt however often it is repeated.
/// </summary>
internal sealed class SandboxIssuer : ICardAuthorizer
{
    private const uint AuthCodes = 1_000_000;

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
        Task.FromResult(Decide(card, transactionId));

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        Task.FromResult(Decide(card, transactionId));

    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
        Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());

    private static AuthorizationOutcome Decide(CardDetails card, string transactionId) =>
        card.Number.IsTestCard(out var known) && known.Outcome == TestCardOutcome.Approves
            ? new AuthorizationOutcome.Approved(transactionId, AuthCodeOf(transactionId))
            : new AuthorizationOutcome.Declined(transactionId);

    private static string AuthCodeOf(string transactionId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(transactionId));
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) % AuthCodes).ToString("000000", CultureInfo.InvariantCulture);
    }
}
