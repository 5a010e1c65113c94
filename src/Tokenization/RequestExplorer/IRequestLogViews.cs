using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Filters of the log that a member has given names. A view is a member's own, and of all places of the account.</summary>
public interface IRequestLogViews
{
    /// <summary>The longest name, in characters.</summary>
    const int LongestName = 60;

    /// <summary>The most views of a member.</summary>
    const int Most = 30;

    /// <summary>A member's views, by name.</summary>
    Task<Result<RequestLogViews>> ListAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Keeps filters under a name; of a name that is taken, the new ones. <see cref="Refusal.Invalid"/> for a name or filters that cannot be kept.</summary>
    /// <param name="who">The member.</param>
    /// <param name="name">1 to 60 characters.</param>
    /// <param name="query">The parameters of the page's address, without the place.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<RequestLogViews>> SaveAsync(SignedInMember who, string? name, string query, CancellationToken ct);

    /// <summary>Deletes a view of the member's own.</summary>
    Task<Result<RequestLogViews>> DeleteAsync(SignedInMember who, long id, CancellationToken ct);
}

/// <summary>Filters with a name.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Query">The parameters of the page's address, without the place.</param>
public sealed record RequestLogView(long Id, string Name, string Query);

/// <summary>The views of a member.</summary>
/// <param name="Views">By name.</param>
public sealed record RequestLogViews(IReadOnlyList<RequestLogView> Views);

/// <summary>Where views are kept.</summary>
internal interface IRequestLogViewStore
{
    /// <summary>A member's views, by name.</summary>
    Task<IReadOnlyList<RequestLogView>> ListAsync(AccountId account, MemberId member, CancellationToken ct);

    /// <summary>Adds a view, or changes the one of that name.</summary>
    /// <returns>False when the member has as many as may be.</returns>
    Task<bool> SaveAsync(AccountId account, MemberId member, string name, string query, DateTimeOffset at, int most);

    /// <summary>Deletes one.</summary>
    Task DeleteAsync(AccountId account, MemberId member, long id);
}
