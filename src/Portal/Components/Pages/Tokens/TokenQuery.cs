using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The filters above a list of tokens, and their form in an address. Invalid parameters are reported, never ignored.</summary>
public sealed record TokenQuery
{
    private const string TextParameter = "q";
    private const string MatchParameter = "match";
    private const string LastFourParameter = "ending";
    private const string StatusParameter = "status";
    private const string SchemeParameter = "scheme";
    private const string FromParameter = "from";
    private const string ToParameter = "to";
    private const string SortParameter = "sort";

    private const string FromStartWord = "start";
    private const string ContainsWord = "contains";
    private const string TokenPrefix = "si_";

    /// <summary>The search text: a reference, part of one, or a token.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether references must begin with the text rather than contain it.</summary>
    public bool FromStart { get; init; }

    /// <summary>The last four digits of the card.</summary>
    public string LastFour { get; init; } = "";

    /// <summary>The statuses to include; empty for any.</summary>
    public EnumSet<SetupIntentStatus> Statuses { get; init; }

    /// <summary>The card schemes to include; empty for any.</summary>
    public EnumSet<CardScheme> Schemes { get; init; }

    /// <summary>The first day, in the reader's time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the reader's time zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order of the list.</summary>
    public TokenSort Sort { get; init; }

    /// <summary>Whether any filter is set.</summary>
    public bool IsFiltered => this != new TokenQuery { Sort = Sort, FromStart = FromStart };

    /// <summary>The query as parameters of an address; unset ones are null or empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (TextParameter, Text),
        (MatchParameter, FromStart ? FromStartWord : null),
        (LastFourParameter, LastFour),
        (StatusParameter, AddressParameters.TextOf(Statuses)),
        (SchemeParameter, AddressParameters.TextOf(Schemes)),
        (FromParameter, AddressParameters.TextOf(From)),
        (ToParameter, AddressParameters.TextOf(To)),
        (SortParameter, Sort == TokenSort.Newest ? null : Sort.ToString()),
    ];

    /// <summary>Reads the query from an address.</summary>
    /// <param name="parameters">The parameters of the address.</param>
    /// <returns>The query, and a fault for each invalid parameter. If there are any faults, show nothing: the list would hold more than was asked
    /// for.</returns>
    public static (TokenQuery Query, IReadOnlyList<FieldError> Faults) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var address = new AddressParameters(parameters);
        var query = new TokenQuery
        {
            // An address may come from anywhere, so text that must not be searched for is not taken from it either.
            Text = address.Take(TextParameter, ValidatedText, $"at most {TokenSearch.LongestText} characters, and not a card number") ?? "",
            FromStart = address.Take(MatchParameter, MatchIn, $"{FromStartWord} or {ContainsWord}") ?? false,
            LastFour = address.Take(LastFourParameter, digits => TokenSearchRules.ValidateLastFour(digits) is null ? digits : null, "the last four digits of a card") ?? "",
            Statuses = address.TakeSomeNamed<SetupIntentStatus>(StatusParameter),
            Schemes = address.TakeSomeNamed<CardScheme>(SchemeParameter),
            From = address.TakeDay(FromParameter),
            To = address.TakeDay(ToParameter),
            Sort = address.TakeNamed<TokenSort>(SortParameter) ?? TokenSort.Newest,
        };
        address.Skip(SelectedTenant.LocationParameter, SelectedTenant.EnvironmentParameter);
        return (query, address.Faults);
    }

    /// <summary>Converts the filters to a search. The days are those of the reader's zone.</summary>
    public TokenSearch ToSearch(ZonedTime zone)
    {
        var isToken = Text.StartsWith(TokenPrefix, StringComparison.Ordinal);
        var reference = isToken || Text.Length == 0 ? null : Text;
        return new TokenSearch
        {
            Id = isToken ? Text : null,
            ReferencePrefix = FromStart ? reference : null,
            ReferencePart = FromStart ? null : reference,
            LastFour = LastFour.Length > 0 ? LastFour : null,
            Statuses = Statuses,
            Schemes = Schemes,
            CreatedFrom = From is { } first ? zone.StartOf(first) : null,
            CreatedTo = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
            Sort = Sort,
        };
    }

    private static string? ValidatedText(string text) =>
        TextElements.CountCodePoints(text) <= TokenSearch.LongestText && TokenSearchRules.ValidateText(text) is null ? text : null;

    private static bool? MatchIn(string word) =>
        word.Equals(FromStartWord, StringComparison.OrdinalIgnoreCase) ? true : word.Equals(ContainsWord, StringComparison.OrdinalIgnoreCase) ? false : null;
}
