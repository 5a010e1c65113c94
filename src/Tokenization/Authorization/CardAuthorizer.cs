using System.Buffers;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Decides whom to ask: the sandbox issuer for the sandbox, the acquirer for production, and in production without an
/// acquirer nobody.
/// </summary>
internal sealed class CardAuthorizer(SandboxIssuer sandbox, AcquirerConnector acquirer, NoIssuer nobody) : ICardAuthorizer
{
    private const int LongestTransactionId = 64;
    private static readonly SearchValues<char> s_transactionIdLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct)
    {
        ThrowUnlessTransactionId(transactionId);
        return IssuerFor(tenant).AuthorizeAsync(tenant, card, transactionId, ct);
    }

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct)
    {
        ThrowUnlessTransactionId(transactionId);
        ThrowUnlessCurrency(currencyCode);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amountInMinorUnits);
        return IssuerFor(tenant).ChargeAsync(tenant, card, amountInMinorUnits, currencyCode, transactionId, ct);
    }

    public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct)
    {
        ThrowUnlessTransactionId(transactionId);
        return IssuerFor(tenant).AskAsync(tenant, transactionId, ct);
    }

    private ICardAuthorizer IssuerFor(Tenant tenant) =>
        tenant.Environment == TenantEnvironment.Sandbox ? sandbox
        : acquirer.IsConfigured ? acquirer
        : nobody;

    // It goes into an address and a header as it is, and into the log.
    private static void ThrowUnlessTransactionId(string transactionId)
    {
        if (transactionId.Length is 0 or > LongestTransactionId || transactionId.AsSpan().ContainsAnyExcept(s_transactionIdLetters))
        {
            throw new ArgumentException("A transaction id is 1 to 64 ASCII letters, digits, hyphens and underscores.", nameof(transactionId));
        }
    }

    private static void ThrowUnlessCurrency(string currencyCode)
    {
        if (currencyCode.Length != 3 || currencyCode.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
        {
            throw new ArgumentException("A currency code is three capital letters.", nameof(currencyCode));
        }
    }
}
