using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Reports within this process which tokens are new or have changed, after the commit on any node.</summary>
public interface ITokenFeed
{
    /// <summary>
    /// Follows a tenant's tokens from now on. The member's role is checked only here: the news holds only ids of tokens, and a page
    /// that shows the tokens asks <see cref="ITokenBrowser"/> for them.
    /// </summary>
    Task<Result<TokenSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}

/// <summary>What has happened since a subscriber last asked.</summary>
/// <param name="Created">New tokens, oldest first.</param>
/// <param name="Changed">Tokens of which the status or the outcome for the card has changed.</param>
/// <param name="HasMore">Whether some changes were left out, so that the subscriber must reload what it shows.</param>
public sealed record TokenNews(IReadOnlyList<string> Created, IReadOnlyList<string> Changed, bool HasMore);
