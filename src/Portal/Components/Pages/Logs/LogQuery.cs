using System.Globalization;
using System.Net;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>The filters above the list of requests, and their form in an address. Invalid parameters are reported, never ignored.</summary>
public sealed record LogQuery
{
    private const string RangeParameter = "range";
    private const string FromParameter = "from";
    private const string ToParameter = "to";
    private const string TextParameter = "q";
    private const string MethodParameter = "method";
    private const string RouteParameter = "route";
    private const string StatusParameter = "status";
    private const string SlowerParameter = "slower";
    private const string KeyParameter = "key";
    private const string AddressParameter = "ip";
    private const string VersionParameter = "version";
    private const string RefusalParameter = "refusal";
    private const string ColumnsParameter = "columns";

    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int LongestName = 120;
    internal const int LongestMilliseconds = 3_600_000;

    /// <summary>The period up to now; applies if neither end is chosen.</summary>
    public LogRange Range { get; init; } = LogRange.Default;

    /// <summary>The first instant of the period, inclusive; null if it is not chosen.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the period, exclusive; null if it is not chosen.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The search text: a trace id, a token, a payment or a reference.</summary>
    public string Text { get; init; } = "";

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The route pattern.</summary>
    public string? Route { get; init; }

    /// <summary>The status, or its class as one digit.</summary>
    public int? Status { get; init; }

    /// <summary>The shortest duration, in milliseconds.</summary>
    public int? Slower { get; init; }

    /// <summary>The API key.</summary>
    public long? Key { get; init; }

    /// <summary>The client's address.</summary>
    public string? Address { get; init; }

    /// <summary>The version of the API.</summary>
    public string? Version { get; init; }

    /// <summary>A refused field, or the name of a status.</summary>
    public string? Refusal { get; init; }

    /// <summary>The shown columns, as in the address; null for the default ones.</summary>
    public string? ColumnNames { get; init; }

    /// <summary>The columns that are shown.</summary>
    public IReadOnlyList<LogColumn> Columns => ColumnNames is { } names ? LogColumns.Read(names)! : LogColumns.Default;

    /// <summary>Whether a custom period is chosen.</summary>
    public bool IsCustomRange => From is not null || To is not null;

    /// <summary>Whether any filter besides the period is set.</summary>
    public bool IsFiltered => this != new LogQuery { Range = Range, From = From, To = To, ColumnNames = ColumnNames };

    /// <summary>The query as parameters of an address; unset ones are null or empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (RangeParameter, Range == LogRange.Default || IsCustomRange ? null : Range.Name),
        (FromParameter, Written(From)),
        (ToParameter, Written(To)),
        (TextParameter, Text),
        (MethodParameter, Method),
        (RouteParameter, Route),
        (StatusParameter, Status is { } status ? StatusWord(status) : null),
        (SlowerParameter, Slower?.ToString(CultureInfo.InvariantCulture)),
        (KeyParameter, Key?.ToString(CultureInfo.InvariantCulture)),
        (AddressParameter, Address),
        (VersionParameter, Version),
        (RefusalParameter, Refusal),
        (ColumnsParameter, ColumnNames),
    ];

    /// <summary>Reads the query from an address.</summary>
    /// <param name="parameters">The parameters of the address.</param>
    /// <returns>The query, and a fault for each invalid parameter. If there are any faults, show nothing: the list would hold more than was asked
    /// for.</returns>
    public static (LogQuery Query, IReadOnlyList<FieldError> Faults) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var address = new AddressParameters(parameters);
        var query = new LogQuery
        {
            From = address.Take(FromParameter, InstantIn, "an instant such as 2027-01-31T09:30:00Z"),
            To = address.Take(ToParameter, InstantIn, "an instant such as 2027-01-31T09:30:00Z"),
            Text = address.Take(TextParameter, text => RequestSearch.ValidateText(text) is null ? text : null, $"at most {RequestSearch.LongestText} characters, and not a card number") ?? "",
            Method = address.Take(MethodParameter, Plain, "an HTTP method"),
            Route = address.Take(RouteParameter, Plain, "a route such as /setup-intents"),
            Status = address.Take(StatusParameter, StatusIn, "a status such as 400, or 2xx, 4xx, 5xx"),
            Slower = address.Take(SlowerParameter, Milliseconds, $"a number of milliseconds up to {LongestMilliseconds}"),
            Key = address.Take<long>(KeyParameter, text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null, "the number of an API key"),
            Address = address.Take(AddressParameter, text => IPAddress.TryParse(text, out var ip) ? ip.ToString() : null, "an IP address"),
            Version = address.Take(VersionParameter, Plain, "a version of the API"),
            Refusal = address.Take(RefusalParameter, Plain, "a refused field or the name of a status"),
            ColumnNames = address.Take(ColumnsParameter, names => LogColumns.Read(names) is { } columns ? LogColumns.Write(columns) ?? "" : null, $"some of {string.Join(", ", LogColumns.All)}"),
            Range = address.Take(RangeParameter, name => LogRange.Named(name)?.Name, $"one of {string.Join(", ", LogRange.All.Select(range => range.Name))}") is { } chosen ? LogRange.Named(chosen)! : LogRange.Default,
        };
        address.Skip(SelectedTenant.LocationParameter, SelectedTenant.EnvironmentParameter);
        List<FieldError> faults = [.. address.Faults];
        if (query.From >= query.To)
        {
            faults.Add(new FieldError("To", "The parameter to of the address must be later than from."));
        }

        return (query.ColumnNames is "" ? query with { ColumnNames = null } : query, faults);
    }

    /// <summary>Converts the filters to a search, and returns the width of a bar of its chart.</summary>
    /// <param name="now">The current time.</param>
    public (RequestSearch Search, TimeSpan BarWidth) ToSearch(DateTimeOffset now)
    {
        var from = From ?? (To is null ? Range.StartAt(now) : To.Value.AddDays(-RequestLogEntry.DaysKept));
        var search = new RequestSearch
        {
            From = from,
            Until = To,
            Method = Method,
            Route = Route,
            Status = Status,
            Slower = Slower is { } slower ? TimeSpan.FromMilliseconds(slower) : null,
            Key = Key is { } key ? new ApiKeyId(key) : null,
            Address = Address is null ? null : IPAddress.Parse(Address),
            Version = Version,
            Refusal = Refusal,
            Text = Text.Length > 0 ? Text : null,
        };
        return (search, IsCustomRange ? LogRange.WidthOf((To ?? now) - from) : Range.BarWidth);
    }

    /// <summary>Formats a status or a class of statuses: <c>404</c>, <c>4xx</c>.</summary>
    public static string StatusWord(int status) => status < 10 ? $"{status}xx" : status.ToString(CultureInfo.InvariantCulture);

    private static string? Written(DateTimeOffset? at) => at?.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset? InstantIn(string text) =>
        DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 2000 and < 2200 ? at : null;

    private static string? Plain(string text) => text.Length <= LongestName && TokenSearchRules.ValidateText(text) is null ? text : null;

    private static int? StatusIn(string text) =>
        text is [>= '1' and <= '5', 'x', 'x'] ? text[0] - '0'
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and < 600 ? status : null;

    private static int? Milliseconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and <= LongestMilliseconds ? milliseconds : null;
}
