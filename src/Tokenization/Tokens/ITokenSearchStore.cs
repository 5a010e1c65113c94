using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token found by a search, under its internal id.</summary>
internal sealed record FoundToken(
    long RecordId, LocationId Location, SetupIntentStatus Status, TokenOutcome Outcome, DateTimeOffset CreatedAt, string Reference, ShownCard? Card, string CreatedBy);

/// <summary>A payment of a token, under its internal id.</summary>
internal sealed record FoundPayment(
    long RecordId, PaymentIntents.PaymentIntentStatus Status, Validation.Money Amount, string Reference, DateTimeOffset CreatedAt);

/// <summary>Searches tokens for people. Reads tokens that the index does not hold yet from their own table, so every answer is exact.</summary>
internal interface ITokenSearchStore
{
    /// <summary>Returns the first tokens that a search finds after a given token.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="search">Which tokens to find; <see cref="TokenSearch.Id"/> is ignored.</param>
    /// <param name="after">The internal id of the last token on the page before; null for the first page.</param>
    /// <param name="limit">The maximum number of tokens.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<IReadOnlyList<FoundToken>> SearchAsync(Tenant tenant, TokenSearch search, long? after, int limit, CancellationToken ct);

    /// <summary>Returns the first tokens that a search finds, and the number of all that it finds at the same moment.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="search">Which tokens to find; <see cref="TokenSearch.Id"/> is ignored.</param>
    /// <param name="limit">The maximum number of tokens to return.</param>
    /// <param name="countUpTo">The number at which counting ends; at least <paramref name="limit"/>.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<(IReadOnlyList<FoundToken> First, int Count)> SearchAndCountAsync(Tenant tenant, TokenSearch search, int limit, int countUpTo, CancellationToken ct);

    /// <summary>Counts the tokens that a search finds, up to a limit.</summary>
    Task<int> CountAsync(Tenant tenant, TokenSearch search, int limit, CancellationToken ct);

    /// <summary>Returns those of the given tokens that a search finds.</summary>
    Task<IReadOnlyList<FoundToken>> PickAsync(Tenant tenant, TokenSearch search, IReadOnlyCollection<long> recordIds, CancellationToken ct);

    /// <summary>Lists the other tokens of the same card in all locations of the account, newest first.</summary>
    Task<IReadOnlyList<FoundToken>> ListOfSameCardAsync(StoredSetupIntent intent, int limit, CancellationToken ct);

    /// <summary>Lists the payments of a token, oldest first, at most 100.</summary>
    Task<IReadOnlyList<FoundPayment>> ListPaymentsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>Returns the names of actors. Actors that are neither keys nor members of the account are missing.</summary>
    Task<IReadOnlyDictionary<string, string>> NameAsync(AccountId account, IReadOnlyCollection<string> actors, CancellationToken ct);
}
