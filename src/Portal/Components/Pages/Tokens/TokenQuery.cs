using System.Globalization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>What the filters above a list of tokens say, and how an address repeats it. What makes no sense in an address counts as not said.</summary>
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
    private const string DateFormat = "yyyy-MM-dd";
    private const string TokenPrefix = "si_";

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

    /// <summary>The first day, in UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in UTC.</summary>
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
    /// <param name="valueOf">The value of a parameter of the address.</param>
    public static TokenQuery Read(Func<string, string?> valueOf) => new()
    {
        // An address may come from anywhere: what must not be searched for is not taken from it either.
        Text = valueOf(TextParameter)?.Trim() is { Length: <= TokenSearch.LongestText } text && TokenSearchRules.JudgeText(text) is null ? text : "",
        FromStart = valueOf(MatchParameter) == FromStartWord,
        LastFour = valueOf(LastFourParameter) is { } digits && TokenSearchRules.JudgeLastFour(digits) is null ? digits : "",
        Status = Named<SetupIntentStatus>(valueOf(StatusParameter)),
        Scheme = Named<CardScheme>(valueOf(SchemeParameter)),
        From = DayIn(valueOf(FromParameter)),
        To = DayIn(valueOf(ToParameter)),
        Sort = Named<TokenSort>(valueOf(SortParameter)) ?? TokenSort.Newest,
    };

    /// <summary>A day as a browser writes it; null for what is none.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    /// <summary>A value by its exact name; null for what is none.</summary>
    public static T? Named<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.GetName(value) == name ? value : null;

    /// <summary>What is to be searched for.</summary>
    public TokenSearch ToSearch()
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
            CreatedFrom = StartOf(From),
            CreatedTo = StartOf(To?.AddDays(1)),
            Sort = Sort,
        };
    }

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
