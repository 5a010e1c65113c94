using System.Globalization;
using System.Security.Claims;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>The provider's claims about a person.</summary>
/// <param name="Identity">The person's identity at the provider.</param>
/// <param name="Email">The email address; null if there is none that a member can have.</param>
/// <param name="IsEmailVerified">Whether the provider has verified that the address is the person's.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Groups">The person's groups.</param>
/// <param name="Methods">The authentication methods that the person used: <c>amr</c>.</param>
/// <param name="AuthenticatedAt">When the person authenticated; null if the provider does not say.</param>
internal sealed record ProviderClaims(
    ProviderIdentity Identity, EmailAddress? Email, bool IsEmailVerified, string Name, IReadOnlySet<string> Groups, IReadOnlyList<string> Methods, DateTimeOffset? AuthenticatedAt)
{
    private const int LongestSubject = 255; // OpenID Connect Core, 2

    // The claims that may hold a display name, the best first.
    private static readonly string[] s_names = ["name", "preferred_username", "email"];

    /// <summary>Reads the claims; null if they lack a valid subject or issuer, which identify the person.</summary>
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
