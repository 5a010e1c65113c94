using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// The request log as members see it. Each method refuses a member whose role does not allow it (<see cref="Refusal.Forbidden"/>), and
/// answers <see cref="Refusal.NotFound"/> for a location that does not belong to the member's account.
/// </summary>
public interface IRequestExplorer
{
    /// <summary>Returns a page of requests, newest first, or <see cref="Refusal.Invalid"/> if the search text is or contains a card number.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="search">Which requests to return.</param>
    /// <param name="after">Where the page begins; null for the first page.</param>
    /// <param name="limit">The size of the page, 1 to 200.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestPage>> SearchAsync(SignedInMember who, Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);

    /// <summary>Counts the requests that a search finds, by time. A search without an end counts up to now.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="search">Which requests to count. Without a beginning, the 200 newest bars are counted.</param>
    /// <param name="width">The length of time of one bar. The range may have at most 200 bars.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestHistogram>> CountAsync(SignedInMember who, Tenant tenant, RequestSearch search, TimeSpan width, CancellationToken ct);

    /// <summary>Finds a request, with what was sent and answered, and its neighbors in the list.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant that made the request.</param>
    /// <param name="id">The request's number in the log.</param>
    /// <param name="search">The search whose list contains the request.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestDetail>> FindAsync(SignedInMember who, Tenant tenant, long id, RequestSearch search, CancellationToken ct);

    /// <summary>Lists the values by which the tenant's requests can be filtered.</summary>
    Task<Result<RequestChoices>> ListChoicesAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Follows the log from now on.</summary>
    Task<Result<FeedSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}
