using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>What became of an attempt on a card.</summary>
public abstract record AuthorizationOutcome
{
    /// <summary>The issuer said yes.</summary>
    /// <param name="TransactionId">Names the attempt.</param>
    /// <param name="AuthCode">The issuer's approval code.</param>
    public sealed record Approved(string TransactionId, string AuthCode) : AuthorizationOutcome;

    /// <summary>The issuer said no.</summary>
    /// <param name="TransactionId">Names the attempt.</param>
    public sealed record Declined(string TransactionId) : AuthorizationOutcome;

    /// <summary>
    /// The issuer's side was asked and may have acted, but its answer is not known. Ask again with
    /// <see cref="ICardAuthorizer.AskAsync"/>; a new attempt could act a second time.
    /// </summary>
    /// <param name="TransactionId">Names the attempt.</param>
    public sealed record Unknown(string TransactionId) : AuthorizationOutcome;

    /// <summary>Nobody was asked, or the one asked turned away before acting. Nothing happened.</summary>
    public sealed record NotAttempted : AuthorizationOutcome;
}

/// <summary>
/// Asks the issuer's side about cards. Every attempt has an id of ours, which is also its idempotency key: repeating an
/// attempt under the same id never acts twice. Faults of the connection are outcomes too, not exceptions; when the caller's
/// token is cancelled, only a call that certainly sent nothing is an <see cref="OperationCanceledException"/>.
/// </summary>
public interface ICardAuthorizer
{
    /// <summary>Whether the card is good. No money moves.</summary>
    /// <param name="tenant">Whose card.</param>
    /// <param name="card">The card.</param>
    /// <param name="transactionId">The attempt: 1 to 64 ASCII letters, digits, hyphens and underscores, such as a GUID. Not secret.</param>
    /// <param name="ct">Gives up.</param>
    Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct);

    /// <summary>Takes money from the card.</summary>
    /// <param name="tenant">Whose card.</param>
    /// <param name="card">The card.</param>
    /// <param name="amountInMinorUnits">How much, in pence or the like; more than 0.</param>
    /// <param name="currencyCode">Of what: three capital letters, as in ISO 4217.</param>
    /// <param name="transactionId">The attempt, as for <see cref="AuthorizeAsync"/>.</param>
    /// <param name="ct">Gives up.</param>
    Task<AuthorizationOutcome> ChargeAsync(Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct);

    /// <summary>
    /// What became of an attempt: <see cref="AuthorizationOutcome.NotAttempted"/> only when the other side says that it has
    /// never seen it, and <see cref="AuthorizationOutcome.Unknown"/> when it could not be asked.
    /// </summary>
    Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct);
}
