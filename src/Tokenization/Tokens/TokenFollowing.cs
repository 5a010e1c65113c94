using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenFollowing(TokenFeed feed, TenantAccess access, SetupIntentIds ids) : ITokenFeed
{
    public async Task<Result<TokenSubscription>> SubscribeAsync(SignedInMember who, Tenant tenant, CancellationToken ct) =>
        await access.RefuseAsync(who, Operation.BrowseTokens, tenant, ct) is { } refusal ? refusal : feed.Follow(tenant, ids);
}
