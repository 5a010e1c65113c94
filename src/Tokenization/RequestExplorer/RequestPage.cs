using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>A request in a list.</summary>
/// <param name="Entry">What the log has of it; in a list without its body.</param>
/// <param name="Key">The key it was made with, by name; null without one.</param>
public sealed record RequestRow(RequestLogEntry Entry, KeyLabel? Key)
{
    /// <summary>Its number in the log.</summary>
    public long Id => Entry.Id!.Value;

    /// <summary>Its place in the list.</summary>
    public RequestCursor Cursor => new(Entry.At, Id);
}

/// <summary>A request with those around it; each null where there is none.</summary>
/// <param name="Row">The request, with its body.</param>
/// <param name="Newer">The one above it in the list.</param>
/// <param name="Older">The one below it in the list.</param>
/// <param name="SameAfter">The next one with the same key to the same route.</param>
/// <param name="SameBefore">The last one before it with the same key to the same route.</param>
public sealed record RequestDetail(RequestRow Row, RequestRow? Newer, RequestRow? Older, RequestRow? SameAfter, RequestRow? SameBefore);

/// <summary>What a key is called.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="LastFour">The last four characters of its secret.</param>
public sealed record KeyLabel(ApiKeyId Id, string Name, string LastFour);

/// <summary>A page of requests, newest first.</summary>
/// <param name="Items">The requests.</param>
/// <param name="After">Where the next page begins; null when there is none.</param>
public sealed record RequestPage(IReadOnlyList<RequestRow> Items, RequestCursor? After);

/// <summary>How many requests a search finds, over time.</summary>
/// <param name="Bars">Stretches of time of the same length, oldest first, also those without a request.</param>
/// <param name="IsCapped">Whether only the newest were counted, for there are too many to look at each.</param>
public sealed record RequestHistogram(IReadOnlyList<RequestBar> Bars, bool IsCapped)
{
    /// <summary>How many there are in all.</summary>
    public long Total => Bars.Sum(bar => bar.Total);
}

/// <summary>The requests of a stretch of time.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it.</param>
/// <param name="Succeeded">How many did what was asked.</param>
/// <param name="Refused">How many were refused (4xx).</param>
/// <param name="Failed">How many failed through our fault (5xx).</param>
public sealed record RequestBar(DateTimeOffset From, DateTimeOffset Until, long Succeeded, long Refused, long Failed)
{
    /// <summary>All of them.</summary>
    public long Total => Succeeded + Refused + Failed;
}

/// <summary>What there is to filter by: what requests of the tenant in the log have.</summary>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Routes">Patterns of routes.</param>
/// <param name="Statuses">Statuses.</param>
/// <param name="Versions">Versions of the API.</param>
/// <param name="Refusals">Refused fields and names of statuses.</param>
/// <param name="Keys">API keys.</param>
public sealed record RequestChoices(
    IReadOnlyList<string> Methods, IReadOnlyList<string> Routes, IReadOnlyList<int> Statuses, IReadOnlyList<string> Versions, IReadOnlyList<string> Refusals, IReadOnlyList<KeyLabel> Keys);
