using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What the issuer's side said about a card.</summary>
public abstract record AuthorizationOutcome
{
    /// <summary>The issuer authorized the card.</summary>
    /// <param name="TransactionId">Names the attempt.</param>
    /// <param name="AuthCode">The issuer's approval code.</param>
    public sealed record Approved(string TransactionId, string AuthCode) : AuthorizationOutcome;

    /// <summary>The issuer declined the card.</summary>
    /// <param name="TransactionId">Names the attempt.</param>
    public sealed record Declined(string TransactionId) : AuthorizationOutcome;

    /// <summary>Nobody was asked: no acquirer is connected.</summary>
    public sealed record NotAttempted : AuthorizationOutcome;
}

/// <summary>Asks the issuer whether a card is good.</summary>
public interface ICardAuthorizer
{
    /// <summary>Asks once. A decline is an answer; only a fault of the connection is an exception.</summary>
    Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, CancellationToken ct);
}
