using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>Filters the list of test cards by digits, with or without spaces, or by words.</summary>
internal static class TestCardFilter
{
    private const int ShortestCardNumber = 12;

    public static IReadOnlyList<TestCard> Apply(string filter)
    {
        var text = filter.Trim();
        var digits = DigitsOf(text);
        if (digits.Length > 0)
        {
            return [.. TestCards.All.Where(card => card.Number.Contains(digits, StringComparison.Ordinal))];
        }

        return [.. TestCards.All.Where(card =>
            CardSchemeSpelling.ForPeople(card.Scheme).Contains(text, StringComparison.OrdinalIgnoreCase)
            || CardSchemeSpelling.ForApi(card.Scheme).Contains(text, StringComparison.OrdinalIgnoreCase)
            || OutcomeOf(card).Contains(text, StringComparison.OrdinalIgnoreCase)
            || card.Note.Contains(text, StringComparison.OrdinalIgnoreCase))];
    }

    public static string OutcomeOf(TestCard card) => card.Outcome is TestCardOutcome.Approves ? "Authorized" : "Declined";

    /// <summary>
    /// Returns the filter for the address. A number as long as a card number that is not on the list could be a real one, and addresses end up in logs
    /// and histories, so it is left out.
    /// </summary>
    public static string ForUrl(string filter) =>
        (filter.Count(char.IsAsciiDigit) >= ShortestCardNumber || CardNumberDetector.ContainsCardNumber(filter)) && Apply(filter).Count == 0 ? "" : filter.Trim();

    /// <summary>Groups a number as printed on the card: 4-6-5 for fifteen digits, 4-6-4 for fourteen, fours for the rest.</summary>
    public static string Grouped(string number) => number.Length switch
    {
        15 => $"{number[..4]} {number[4..10]} {number[10..]}",
        14 => $"{number[..4]} {number[4..10]} {number[10..]}",
        _ => string.Join(' ', number.Chunk(4).Select(group => new string(group))),
    };

    // Only text that consists of digits and separators has digits: "13 digits" is words.
    private static string DigitsOf(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') ? string.Concat(text.Where(char.IsAsciiDigit)) : "";
}
