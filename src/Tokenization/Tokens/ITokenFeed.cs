using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Tells, within this process and after the commit, which tokens are new or have changed.</summary>
public interface ITokenFeed
{
    /// <summary>
    /// Follows a tenant's tokens from now on. The member's role is looked at once, here: what follows names tokens only, and
    /// what shows them asks <see cref="ITokenBrowser"/> for them.
    /// </summary>
    Task<Result<TokenSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}

/// <summary>What has happened since a subscriber asked last.</summary>
/// <param name="Created">New tokens, oldest first.</param>
/// <param name="Changed">Tokens whose status has changed, or what came of their card.</param>
/// <param name="HasMore">Whether so much has happened that some of it was left out: what is shown must be loaded anew.</param>
public sealed record TokenNews(IReadOnlyList<string> Created, IReadOnlyList<string> Changed, bool HasMore);
