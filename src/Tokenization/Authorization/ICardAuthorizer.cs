using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>The outcome of an attempt on a card.</summary>
public abstract record AuthorizationOutcome
{
    /// <summary>The issuer approved the attempt.</summary>
    /// <param name="TransactionId">The id of the attempt.</param>
    /// <param name="AuthCode">The issuer's approval code.</param>
    public sealed record Approved(string TransactionId, string AuthCode) : AuthorizationOutcome;

    /// <summary>The issuer declined the attempt.</summary>
    /// <param name="TransactionId">The id of the attempt.</param>
    public sealed record Declined(string TransactionId) : AuthorizationOutcome;

    /// <summary>
    /// The issuer's side was asked and may have acted, but its answer is not known. Ask again with
    /// <see cref="ICardAuthorizer.AskAsync"/>; a new attempt could act a second time.
    /// </summary>
    /// <param name="TransactionId">The id of the attempt.</param>
    public sealed record Unknown(string TransactionId) : AuthorizationOutcome;

    /// <summary>Nobody was asked, or the party asked refused before acting. Nothing happened.</summary>
    public sealed record NotAttempted : AuthorizationOutcome;
}

/// <summary>
/// Asks the issuer's side about cards. We choose the id of each attempt, which is also its idempotency key: repeating an
/// attempt under the same id never acts twice. Connection faults are outcomes too, not exceptions. If the caller's token is cancelled,
/// an <see cref="OperationCanceledException"/> is thrown only if the call certainly sent nothing.
/// </summary>
public interface ICardAuthorizer
{
    /// <summary>Checks whether the card is valid. No money moves.</summary>
    /// <param name="tenant">The tenant that sent the card.</param>
    /// <param name="card">The card.</param>
    /// <param name="transactionId">The id of the attempt: 1 to 64 ASCII letters, digits, hyphens and underscores, such as a GUID. Not secret.</param>
    /// <param name="ct">Cancels the attempt.</param>
    Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct);

    /// <summary>Charges the card.</summary>
    /// <param name="tenant">The tenant that sent the card.</param>
    /// <param name="card">The card.</param>
    /// <param name="amountInMinorUnits">The amount in minor units, such as pence; more than 0.</param>
    /// <param name="currencyCode">The currency: three capital letters, as in ISO 4217.</param>
    /// <param name="transactionId">The id of the attempt, as for <see cref="AuthorizeAsync"/>.</param>
    /// <param name="ct">Cancels the attempt.</param>
    Task<AuthorizationOutcome> ChargeAsync(Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct);

    /// <summary>
    /// Asks what became of an attempt. Returns <see cref="AuthorizationOutcome.NotAttempted"/> only if the other side says that it has
    /// never seen the attempt, and <see cref="AuthorizationOutcome.Unknown"/> if it could not be asked.
    /// </summary>
    Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct);
}
