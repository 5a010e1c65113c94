using System.Globalization;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>What the filters above a list of tokens say, and how an address repeats it. What makes no sense in an address is said, and never left out.</summary>
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
    private const string DateFormat = "yyyy-MM-dd";
    private const string TokenPrefix = "si_";
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    /// <summary>What a day in an address must be.</summary>
    internal static string DayRule { get; } = $"a day such as 2027-01-31, from {FirstYear} to {LastYear}";

    /// <summary>A reference, or part of one, or a token.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether references are to begin with the text rather than contain it.</summary>
    public bool FromStart { get; init; }

    /// <summary>The last four digits of the card.</summary>
    public string LastFour { get; init; } = "";

    /// <summary>The status.</summary>
    public SetupIntentStatus? Status { get; init; }

    /// <summary>The card's scheme.</summary>
    public CardScheme? Scheme { get; init; }

    /// <summary>The first day, in the zone of the reader.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the zone of the reader.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The order.</summary>
    public TokenSort Sort { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsFiltered => this != new TokenQuery { Sort = Sort, FromStart = FromStart };

    /// <summary>The same as parameters of an address; those without a value are empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (TextParameter, Text),
        (MatchParameter, FromStart ? FromStartWord : null),
        (LastFourParameter, LastFour),
        (StatusParameter, Status?.ToString()),
        (SchemeParameter, Scheme?.ToString()),
        (FromParameter, From?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        (ToParameter, To?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        (SortParameter, Sort == TokenSort.Newest ? null : Sort.ToString()),
    ];

    /// <summary>Reads an address.</summary>
    /// <param name="parameters">The parameters of the address.</param>
    /// <returns>What was understood, and for each parameter that was not, why. While there is any of these, nothing is to be shown: it would be more than was asked for.</returns>
    public static (TokenQuery Query, IReadOnlyList<FieldError> Faults) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var address = new AddressParameters(parameters);
        var query = new TokenQuery
        {
            // An address may come from anywhere: what must not be searched for is not taken from it either.
            Text = address.Take(TextParameter, ValidatedText, $"at most {TokenSearch.LongestText} characters, and not a card number") ?? "",
            FromStart = address.Take(MatchParameter, MatchIn, $"{FromStartWord} or {ContainsWord}") ?? false,
            LastFour = address.Take(LastFourParameter, digits => TokenSearchRules.ValidateLastFour(digits) is null ? digits : null, "the last four digits of a card") ?? "",
            Status = address.Take(StatusParameter, Named<SetupIntentStatus>, OneOf<SetupIntentStatus>()),
            Scheme = address.Take(SchemeParameter, Named<CardScheme>, OneOf<CardScheme>()),
            From = address.Take(FromParameter, DayIn, DayRule),
            To = address.Take(ToParameter, DayIn, DayRule),
            Sort = address.Take(SortParameter, Named<TokenSort>, OneOf<TokenSort>()) ?? TokenSort.Newest,
        };
        address.Skip(SelectedTenant.LocationParameter, SelectedTenant.EnvironmentParameter);
        return (query, address.Faults);
    }

    /// <summary>A day as a browser writes it; null for what is none.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>A value by its name, in any case; null for what is none.</summary>
    public static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Cast<T?>().FirstOrDefault();

    /// <summary>What is to be searched for. The days are those of the reader's zone.</summary>
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
            Status = Status,
            Scheme = Scheme,
            CreatedFrom = From is { } first ? zone.StartOf(first) : null,
            CreatedTo = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
            Sort = Sort,
        };
    }

    private static string OneOf<T>()
        where T : struct, Enum => $"one of {string.Join(", ", Enum.GetNames<T>())}";

    private static string? ValidatedText(string text) =>
        TextElements.CountCodePoints(text) <= TokenSearch.LongestText && TokenSearchRules.ValidateText(text) is null ? text : null;

    private static bool? MatchIn(string word) =>
        word.Equals(FromStartWord, StringComparison.OrdinalIgnoreCase) ? true : word.Equals(ContainsWord, StringComparison.OrdinalIgnoreCase) ? false : null;
}
