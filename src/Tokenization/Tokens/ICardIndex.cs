using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A card of which a tenant has several tokens, under internal ids.</summary>
/// <param name="NewestId">The internal id of its newest token.</param>
/// <param name="Statuses">How many of its counted tokens, the newest ones, have each status.</param>
/// <param name="Newest">Its newest tokens.</param>
internal sealed record FoundCard(long NewestId, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<FoundToken> Newest);

/// <summary>Groups tokens by card. It is updated after the token index (docs/adr/0033-duplicate-cards.md).</summary>
internal interface ICardIndex
{
    /// <summary>Adds the oldest tokens that the token index holds and this index does not. After an interruption, the next call adds them again.</summary>
    /// <param name="limit">The maximum number of tokens.</param>
    /// <param name="atOnce">The number of tokens per transaction.</param>
    /// <returns>The number of tokens read; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> CatchUpAsync(int limit, int atOnce);

    /// <summary>Lists the cards of which a tenant has two or more tokens, the card with the newest token first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">The newest token of the last card on the page before; null for the first page.</param>
    /// <param name="limit">The maximum number of cards.</param>
    /// <param name="counted">The maximum number of tokens of a card to count.</param>
    /// <param name="shown">The maximum number of tokens of a card to return.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<IReadOnlyList<FoundCard>> ListDuplicatesAsync(Tenant tenant, long? after, int limit, int counted, int shown, CancellationToken ct);
}
