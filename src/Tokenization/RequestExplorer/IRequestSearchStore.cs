using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Searches the request log for the portal and for the API.</summary>
internal interface IRequestSearchStore
{
    /// <summary>Returns the newest requests that a search finds after a place in the list, without their bodies.</summary>
    Task<IReadOnlyList<RequestLogEntry>> SearchAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);

    /// <summary>
    /// Counts what a search finds, by bars of equal length. If the search must examine each row, it counts only a limited number of the newest.
    /// </summary>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="search">Which requests to count; it must have both a beginning and an end.</param>
    /// <param name="width">The length of time of one bar. The first bar begins with the search's period.</param>
    /// <param name="limit">The most rows to count, if each must be examined.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<RequestHistogram> CountAsync(Tenant tenant, RequestSearch search, TimeSpan width, int limit, CancellationToken ct);

    /// <summary>
    /// Finds the next request in the opposite direction: the first that arrived after a place in the list. Null if there is none, or if too many rows
    /// would have to be examined.
    /// </summary>
    Task<RequestLogEntry?> FindLaterAsync(Tenant tenant, RequestSearch search, RequestCursor before, CancellationToken ct);

    /// <summary>Finds a request, with its body; null if the tenant has none with this number.</summary>
    Task<RequestLogEntry?> FindAsync(Tenant tenant, long id, CancellationToken ct);

    /// <summary>Loads some of a tenant's requests, with their bodies, newest first.</summary>
    Task<IReadOnlyList<RequestLogEntry>> LoadAsync(Tenant tenant, IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>Lists the kinds of requests in the log, from which filters are chosen. They hold keys by id only.</summary>
    Task<IReadOnlyList<RequestKind>> ListKindsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Looks up the names of a tenant's keys, including deleted ones.</summary>
    Task<IReadOnlyDictionary<ApiKeyId, KeyLabel>> NameAsync(Tenant tenant, IReadOnlyCollection<ApiKeyId> keys, CancellationToken ct);
}

/// <summary>A kind of request that a tenant has made.</summary>
internal sealed record RequestKind(ApiKeyId? Key, string Method, string Route, int Status, string? Version, string? Refusal);
