using System.Globalization;
using System.Security.Claims;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>What a provider says of a person, read once.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Email">The address; null where there is none that can be a member's.</param>
/// <param name="IsEmailVerified">Whether the provider knows that the address is theirs.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Groups">Their groups.</param>
/// <param name="Methods">By what they showed who they are: <c>amr</c>.</param>
/// <param name="AuthenticatedAt">When they did; null where the provider does not say.</param>
internal sealed record ProviderClaims(
    ProviderIdentity Identity, EmailAddress? Email, bool IsEmailVerified, string Name, IReadOnlySet<string> Groups, IReadOnlyList<string> Methods, DateTimeOffset? AuthenticatedAt)
{
    private const int LongestSubject = 255; // OpenID Connect Core, 2

    // Where a name for people is found, the best first.
    private static readonly string[] s_names = ["name", "preferred_username", "email"];

    /// <summary>Reads them; null where the person has no name by which to know them again.</summary>
    public static ProviderClaims? Read(ClaimsPrincipal principal, string groupsClaim)
    {
        if (principal.FindFirst("sub") is not { Value.Length: > 0 and <= LongestSubject } subject || principal.FindFirst("iss")?.Value is not { Length: > 0 } issuer)
        {
            return null;
        }

        EmailAddress? email = EmailAddress.TryParse(principal.FindFirst("email")?.Value, out var address) ? address : null;
        var name = s_names.Select(claim => principal.FindFirst(claim)?.Value).Select(text => NameRules.Validate(text)).Where(read => read.IsSuccess).Select(read => read.Value).FirstOrDefault();
        return new ProviderClaims(
            new ProviderIdentity(issuer, subject.Value),
            email,
            string.Equals(principal.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase),
            name ?? "Member",
            principal.FindAll(groupsClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
            [.. principal.FindAll("amr").Select(claim => claim.Value)],
            long.TryParse(principal.FindFirst("auth_time")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }
}
