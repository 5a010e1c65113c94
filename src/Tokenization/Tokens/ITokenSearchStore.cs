using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token as a search finds it, under its internal id.</summary>
internal sealed record FoundToken(
    long RecordId, LocationId Location, SetupIntentStatus Status, TokenOutcome Outcome, DateTimeOffset CreatedAt, string Reference, ShownCard? Card, string CreatedBy);

/// <summary>A payment of a token, under its internal id.</summary>
internal sealed record FoundPayment(
    long RecordId, PaymentIntents.PaymentIntentStatus Status, Validation.Money Amount, string Reference, DateTimeOffset CreatedAt);

/// <summary>Finds tokens for people. What is written behind is made up for from the tokens themselves, so every answer is exact.</summary>
internal interface ITokenSearchStore
{
    /// <summary>The first tokens that a search finds, beyond a token.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="search">Which; its <see cref="TokenSearch.Id"/> is not looked at.</param>
    /// <param name="after">The internal id of the last token before; null for the beginning.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<FoundToken>> SearchAsync(Tenant tenant, TokenSearch search, long? after, int limit, CancellationToken ct);

    /// <summary>How many tokens a search finds, counted up to a limit.</summary>
    Task<int> CountAsync(Tenant tenant, TokenSearch search, int limit, CancellationToken ct);

    /// <summary>Those of some tokens that a search finds.</summary>
    Task<IReadOnlyList<FoundToken>> PickAsync(Tenant tenant, TokenSearch search, IReadOnlyCollection<long> recordIds, CancellationToken ct);

    /// <summary>Other tokens of an account, of any of its locations, with the card of this one, newest first.</summary>
    Task<IReadOnlyList<FoundToken>> ListOfSameCardAsync(StoredSetupIntent intent, int limit, CancellationToken ct);

    /// <summary>The payments of a token, oldest first.</summary>
    Task<IReadOnlyList<FoundPayment>> ListPaymentsAsync(Tenant tenant, long recordId, CancellationToken ct);

    /// <summary>What actors of an account are called; those that are neither keys nor members of it are missing.</summary>
    Task<IReadOnlyDictionary<string, string>> NameAsync(AccountId account, IReadOnlyCollection<string> actors, CancellationToken ct);
}
