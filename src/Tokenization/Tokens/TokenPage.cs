using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token in a list.</summary>
/// <param name="Id">The id of the token.</param>
/// <param name="Status">The status.</param>
/// <param name="Outcome">The outcome for its card.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="Card">The card, as far as it may be shown; null when there is none.</param>
/// <param name="CreatedBy">The name of the API key or member that created it.</param>
public sealed record TokenRow(
    string Id, SetupIntentStatus Status, TokenOutcome Outcome, DateTimeOffset CreatedAt, string Reference, ShownCard? Card, string CreatedBy);

/// <summary>A page of tokens.</summary>
/// <param name="Items">The tokens, in the requested order.</param>
/// <param name="After">The token after which the next page begins; null when there is none.</param>
/// <param name="Count">The number of all tokens that the search finds; null except on the first page.</param>
public sealed record TokenPage(IReadOnlyList<TokenRow> Items, string? After, CappedCount? Count);

/// <summary>A number of items, counted up to a limit (DESIGN D17).</summary>
/// <param name="Value">The number counted.</param>
/// <param name="IsCapped">Whether there are more than that.</param>
public readonly record struct CappedCount(int Value, bool IsCapped);
