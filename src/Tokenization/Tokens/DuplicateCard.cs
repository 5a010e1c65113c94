using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A card of which a tenant has several tokens.</summary>
/// <param name="Card">The card as its newest token shows it: never more than the mask.</param>
/// <param name="Count">How many tokens of it there are.</param>
/// <param name="Statuses">How many of those that were counted have which status, the most frequent first.</param>
/// <param name="Newest">The newest of them, newest first.</param>
public sealed record DuplicateCard(ShownCard Card, CappedCount Count, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<TokenRow> Newest);

/// <summary>How many tokens have a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Tokens">How many.</param>
public readonly record struct StatusCount(SetupIntentStatus Status, int Tokens);

/// <summary>A page of cards.</summary>
/// <param name="Items">The cards, the one used last first.</param>
/// <param name="After">The token after which the next page begins; null when there is none.</param>
public sealed record DuplicateCardPage(IReadOnlyList<DuplicateCard> Items, string? After);
