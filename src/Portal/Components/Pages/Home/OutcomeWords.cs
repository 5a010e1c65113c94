using System.Globalization;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>The words for the outcomes of tokens, as parts of a count.</summary>
internal static class OutcomeWords
{
    /// <summary>Describes the parts of a count: <c>264 authorized · 21 declined · 10 without a card</c>. The parts add up to the whole.</summary>
    public static string PartsOf(TokenCount count) => count.Total == 0
        ? "None yet"
        : string.Join(" · ", count.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Tokens:N0} {Of(part.Outcome)}")));

    private static string Of(TokenOutcome outcome) => outcome switch
    {
        TokenOutcome.Authorized => "authorized",
        TokenOutcome.Declined => "declined",
        TokenOutcome.CardExpired => "with an expired card",
        TokenOutcome.Unknown => "awaiting an answer",
        _ => "not authorized yet",
    };
}
