using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The rules for searches. Pages also check them before they put a text into their URL.</summary>
public static class TokenSearchRules
{
    private const int LengthOfLastFour = 4;

    /// <summary>Returns an error for a text that is or contains a card number; null for any other.</summary>
    public static FieldError? ValidateText(string? text) => text is not null && CardNumberDetector.ContainsCardNumber(text)
        ? new FieldError("Search", "Card numbers are not searched for. Search by the last four digits instead.")
        : null;

    /// <summary>Returns an error for a text that is not four digits; null for four digits or no text.</summary>
    public static FieldError? ValidateLastFour(string? digits) => digits is not null && (digits.Length != LengthOfLastFour || !digits.All(char.IsAsciiDigit))
        ? new FieldError("LastFour", "Enter exactly four digits.")
        : null;

    /// <summary>Returns a refusal with every rule that a search breaks; null when it breaks none.</summary>
    public static Refusal? Validate(TokenSearch search)
    {
        FieldError?[] errors =
        [
            ValidateText(search.Id) ?? ValidateText(search.ReferencePrefix) ?? ValidateText(search.ReferencePart),
            ValidateLastFour(search.LastFour),
            new[] { search.ReferencePrefix, search.ReferencePart }.Any(text => text?.Length > 2 * TokenSearch.LongestText)
                ? new FieldError("Search", "No reference is that long.")
                : null,
        ];
        var broken = errors.OfType<FieldError>().ToList();
        return broken.Count > 0 ? new Refusal.Invalid(broken) : null;
    }
}
