using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Finds requests in the log, for people.</summary>
internal interface IRequestSearchStore
{
    /// <summary>The newest requests that a search finds, beyond a place in the list; without their bodies.</summary>
    Task<IReadOnlyList<RequestLogEntry>> SearchAsync(Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);

    /// <summary>Counts what a search finds, by stretches of time; where each row must be looked at, only so many of the newest.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="search">Which; with both ends of the time.</param>
    /// <param name="width">How long a stretch is. They begin with the search's.</param>
    /// <param name="limit">How many rows to look at, where each must be.</param>
    /// <param name="ct">Cancels.</param>
    Task<RequestHistogram> CountAsync(Tenant tenant, RequestSearch search, TimeSpan width, int limit, CancellationToken ct);

    /// <summary>The request that comes next after a place, the other way: the first that arrived later. Null where there is none, or too many are to be looked at.</summary>
    Task<RequestLogEntry?> FindLaterAsync(Tenant tenant, RequestSearch search, RequestCursor before, CancellationToken ct);

    /// <summary>A request, with its body; null where the tenant has none of this number.</summary>
    Task<RequestLogEntry?> FindAsync(Tenant tenant, long id, CancellationToken ct);

    /// <summary>Some of a tenant's requests, with their bodies; newest first.</summary>
    Task<IReadOnlyList<RequestLogEntry>> LoadAsync(Tenant tenant, IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>What there is to filter by; keys by id alone.</summary>
    Task<IReadOnlyList<RequestKind>> ListKindsAsync(Tenant tenant, CancellationToken ct);

    /// <summary>What keys of a tenant are called, also those that are deleted.</summary>
    Task<IReadOnlyDictionary<ApiKeyId, KeyLabel>> NameAsync(Tenant tenant, IReadOnlyCollection<ApiKeyId> keys, CancellationToken ct);
}

/// <summary>A kind of request that a tenant has made.</summary>
internal sealed record RequestKind(ApiKeyId? Key, string Method, string Route, int Status, string? Version, string? Refusal);
