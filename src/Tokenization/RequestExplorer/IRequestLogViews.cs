using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Named filters of the log. A view belongs to one member and applies to all locations of the account.</summary>
public interface IRequestLogViews
{
    /// <summary>The longest name, in characters.</summary>
    const int LongestName = 60;

    /// <summary>The most views that a member may have.</summary>
    const int Most = 30;

    /// <summary>Lists a member's views, by name.</summary>
    Task<Result<RequestLogViews>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>
    /// Stores filters under a name, replacing those of an existing view of that name. Returns <see cref="Refusal.Invalid"/> for an invalid name, for filters
    /// that are too long or hold a card number, and when the member has the most views already.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="name">The name, 1 to 60 characters.</param>
    /// <param name="query">The query parameters of the page's address, without the location.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task<Result<RequestLogViews>> SaveAsync(SignedInMember who, string? name, string query, CancellationToken ct);

    /// <summary>Deletes one of the member's own views.</summary>
    Task<Result<RequestLogViews>> DeleteAsync(SignedInMember who, long id, CancellationToken ct);
}

/// <summary>Named filters.</summary>
/// <param name="Id">The number of the view.</param>
/// <param name="Name">The name of the view.</param>
/// <param name="Query">The query parameters of the page's address, without the location.</param>
public sealed record RequestLogView(long Id, string Name, string Query);

/// <summary>The views of a member.</summary>
/// <param name="Views">The views, by name.</param>
public sealed record RequestLogViews(IReadOnlyList<RequestLogView> Views);

/// <summary>Stores the views of members.</summary>
internal interface IRequestLogViewStore
{
    /// <summary>Lists a member's views, by name.</summary>
    Task<IReadOnlyList<RequestLogView>> ListAsync(AccountId account, MemberId member, CancellationToken ct);

    /// <summary>Adds a view, or replaces the one of that name.</summary>
    /// <returns>False if the member already has the most views allowed.</returns>
    Task<bool> SaveAsync(AccountId account, MemberId member, string name, string query, DateTimeOffset at, int most);

    /// <summary>Deletes a view.</summary>
    Task DeleteAsync(AccountId account, MemberId member, long id);
}
