using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>A token in a list.</summary>
/// <param name="Id">The token.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Outcome">What came of its card.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Reference">The merchant's own name for the payment.</param>
/// <param name="Card">The card, as far as it may be shown; null when none was given.</param>
/// <param name="CreatedBy">The name of the API key or of the member that created it.</param>
public sealed record TokenRow(
    string Id, SetupIntentStatus Status, TokenOutcome Outcome, DateTimeOffset CreatedAt, string Reference, ShownCard? Card, string CreatedBy);

/// <summary>A page of tokens.</summary>
/// <param name="Items">The tokens, in the order that was asked for.</param>
/// <param name="After">The token after which the next page begins; null when there is none.</param>
/// <param name="Count">How many there are in all; with the first page only.</param>
public sealed record TokenPage(IReadOnlyList<TokenRow> Items, string? After, CappedCount? Count);

/// <summary>How many there are, counted up to a limit (DESIGN D17).</summary>
/// <param name="Value">How many were counted.</param>
/// <param name="IsCapped">Whether there are more.</param>
public readonly record struct CappedCount(int Value, bool IsCapped);
