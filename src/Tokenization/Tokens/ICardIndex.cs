using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A card of which a tenant has several tokens, under internal ids.</summary>
/// <param name="NewestId">Its newest token.</param>
/// <param name="Statuses">How many of its newest tokens have which status.</param>
/// <param name="Newest">Its newest tokens.</param>
internal sealed record FoundCard(long NewestId, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<FoundToken> Newest);

/// <summary>Which tokens are of one card, written behind the token index (docs/adr/0033-duplicate-cards.md).</summary>
internal interface ICardIndex
{
    /// <summary>Takes in the oldest tokens that the token index holds and this one does not. Interrupted, it begins with them again.</summary>
    /// <param name="limit">At most how many.</param>
    /// <param name="atOnce">How many in a transaction.</param>
    /// <returns>How many; fewer than <paramref name="limit"/> when there are no more.</returns>
    Task<int> CatchUpAsync(int limit, int atOnce);

    /// <summary>The cards of which a tenant has two tokens or more, the one used last first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="after">The newest token of the last card before; null for the beginning.</param>
    /// <param name="limit">At most how many cards.</param>
    /// <param name="counted">Up to how many tokens of a card are counted.</param>
    /// <param name="shown">How many tokens of a card are shown.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<FoundCard>> ListDuplicatesAsync(Tenant tenant, long? after, int limit, int counted, int shown, CancellationToken ct);
}
