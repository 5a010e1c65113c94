using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A card of which a tenant has several tokens.</summary>
/// <param name="Card">The card as its newest token shows it: never more than the masked card number.</param>
/// <param name="Count">The number of its tokens.</param>
/// <param name="Statuses">The number of counted tokens in each status, the most frequent status first.</param>
/// <param name="Newest">Its newest tokens, newest first.</param>
public sealed record DuplicateCard(ShownCard Card, CappedCount Count, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<TokenRow> Newest);

/// <summary>The number of tokens in a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Tokens">The number of tokens.</param>
public readonly record struct StatusCount(SetupIntentStatus Status, int Tokens);

/// <summary>A page of cards that have several tokens.</summary>
/// <param name="Items">The cards, the one with the newest token first.</param>
/// <param name="After">The token after which the next page begins; null when there is none.</param>
public sealed record DuplicateCardPage(IReadOnlyList<DuplicateCard> Items, string? After);
