using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Creates the links with which the operator invites the owner of an account.</summary>
internal sealed class OwnerLinks(IMemberLinkStore links, TimeProvider clock)
{
    private static readonly TimeSpan s_goodFor = TimeSpan.FromHours(24);

    /// <summary>Creates a link and returns the text that presents it on the terminal.</summary>
    public async Task<string> DescribeAsync(AccountId account, string address)
    {
        var now = clock.GetUtcNow();
        var entry = AuditActor.Operator(account).Entry(now, AuditAction.OwnerLinkMade, $"account:{account.Value}");
        var secret = await links.CreateOwnerLinkAsync(account, now + s_goodFor, entry);
        return $"""

            Set up the owner of the portal. This link works once, for 24 hours; anyone who has it gets in:

            {address.TrimEnd('/')}{PortalUrls.SetUpWith(secret)}

            """;
    }
}
