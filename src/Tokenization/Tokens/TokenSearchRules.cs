using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>What may be searched for. A page asks too, before it puts a text into its address.</summary>
public static class TokenSearchRules
{
    private const int LengthOfLastFour = 4;

    /// <summary>Why a text must not be searched for: it is or contains a card number. Null when it may be.</summary>
    public static FieldError? ValidateText(string? text) => text is not null && CardNumberDetector.ContainsCardNumber(text)
        ? new FieldError("Search", "Card numbers are not searched for. Search by the last four digits instead.")
        : null;

    /// <summary>Why these are not the last four digits of a card. Null when they are.</summary>
    public static FieldError? ValidateLastFour(string? digits) => digits is not null && (digits.Length != LengthOfLastFour || !digits.All(char.IsAsciiDigit))
        ? new FieldError("LastFour", "Enter exactly four digits.")
        : null;

    /// <summary>Every rule that a search breaks, or null.</summary>
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
