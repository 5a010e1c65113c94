using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>A request in a list.</summary>
/// <param name="Entry">The log entry; without its body in a list.</param>
/// <param name="Key">The API key of the request, with its name; null without a key.</param>
public sealed record RequestRow(RequestLogEntry Entry, KeyLabel? Key)
{
    /// <summary>The request's number in the log.</summary>
    public long Id => Entry.Id!.Value;

    /// <summary>The request's place in the list.</summary>
    public RequestCursor Cursor => new(Entry.At, Id);
}

/// <summary>A request with its neighbors; each neighbor is null if there is none.</summary>
/// <param name="Row">The request, with its body.</param>
/// <param name="Newer">The request above it in the list.</param>
/// <param name="Older">The request below it in the list.</param>
/// <param name="SameAfter">The next request with the same key to the same route.</param>
/// <param name="SameBefore">The previous request with the same key to the same route.</param>
public sealed record RequestDetail(RequestRow Row, RequestRow? Newer, RequestRow? Older, RequestRow? SameAfter, RequestRow? SameBefore);

/// <summary>An API key as it is shown in the log.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Name">The name that its owner gave it.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
public sealed record KeyLabel(ApiKeyId Id, string Name, string LastFour);

/// <summary>A page of requests, newest first.</summary>
/// <param name="Items">The requests.</param>
/// <param name="After">Where the next page begins; null when there is none.</param>
public sealed record RequestPage(IReadOnlyList<RequestRow> Items, RequestCursor? After);

/// <summary>The number of requests that a search finds, over time.</summary>
/// <param name="Bars">Bars of equal length of time, oldest first, including those without a request.</param>
/// <param name="IsCapped">Whether only the newest requests were counted, because there are too many to examine each.</param>
public sealed record RequestHistogram(IReadOnlyList<RequestBar> Bars, bool IsCapped)
{
    /// <summary>The number of requests in all bars.</summary>
    public long Total => Bars.Sum(bar => bar.Total);
}

/// <summary>The requests of one bar of the histogram.</summary>
/// <param name="From">The first instant of the bar.</param>
/// <param name="Until">The first instant after the bar.</param>
/// <param name="Succeeded">The number of requests that succeeded.</param>
/// <param name="Refused">The number of requests that were refused (4xx).</param>
/// <param name="Failed">The number of requests that failed through our fault (5xx).</param>
public sealed record RequestBar(DateTimeOffset From, DateTimeOffset Until, long Succeeded, long Refused, long Failed)
{
    /// <summary>The number of all requests of the bar.</summary>
    public long Total => Succeeded + Refused + Failed;
}

/// <summary>The values by which requests can be filtered: those that occur in the tenant's log.</summary>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Routes">Route patterns.</param>
/// <param name="Statuses">HTTP statuses.</param>
/// <param name="Versions">API versions.</param>
/// <param name="Refusals">Names of refused fields and of statuses.</param>
/// <param name="Keys">API keys.</param>
public sealed record RequestChoices(
    IReadOnlyList<string> Methods, IReadOnlyList<string> Routes, IReadOnlyList<int> Statuses, IReadOnlyList<string> Versions, IReadOnlyList<string> Refusals, IReadOnlyList<KeyLabel> Keys);
