using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// The log of requests as members see it. Each method refuses a member whose role does not allow it (<see cref="Refusal.Forbidden"/>), and
/// answers <see cref="Refusal.NotFound"/> for a place that is not of their account.
/// </summary>
public interface IRequestExplorer
{
    /// <summary>A page of requests, newest first. Or <see cref="Refusal.Invalid"/>: the text is or contains a card number.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose requests.</param>
    /// <param name="search">Which.</param>
    /// <param name="after">Where the page begins; null for the first.</param>
    /// <param name="limit">At most how many, 1 to 200.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestPage>> SearchAsync(SignedInMember who, Tenant tenant, RequestSearch search, RequestCursor? after, int limit, CancellationToken ct);

    /// <summary>How many requests a search finds, over its time. A search without an end counts up to now.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose requests.</param>
    /// <param name="search">Which; it must have a beginning.</param>
    /// <param name="width">How long a bar is; there are at most 200.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestHistogram>> CountAsync(SignedInMember who, Tenant tenant, RequestSearch search, TimeSpan width, CancellationToken ct);

    /// <summary>A request, with what was sent and answered, and those around it.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose request.</param>
    /// <param name="id">Its number in the log.</param>
    /// <param name="search">The list in which it stands.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestDetail>> FindAsync(SignedInMember who, Tenant tenant, long id, RequestSearch search, CancellationToken ct);

    /// <summary>What there is to filter by.</summary>
    Task<Result<RequestChoices>> ListChoicesAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Follows the log, beginning now.</summary>
    Task<Result<FeedSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}
