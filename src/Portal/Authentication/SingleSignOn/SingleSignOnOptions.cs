using System.ComponentModel.DataAnnotations;
using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>Settings of sign-in at an OpenID Connect provider (section <c>SingleSignOn</c>). Without <see cref="Authority"/> it is off.</summary>
public sealed class SingleSignOnOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SingleSignOn";

    private static readonly char[] s_separators = [','];

    /// <summary>The provider's address, below which its configuration is found, such as <c>https://login.example.com/tenant</c>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The client id by which the provider knows this portal.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A file with the secret that the portal presents to the provider: one line, which only its owner can read.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>The text of the button on the sign-in page.</summary>
    public string Button { get; set; } = "Continue with single sign-on";

    /// <summary>The number of the account whose members the provider knows, as <c>accounts list</c> shows it.</summary>
    [Range(1, int.MaxValue)]
    public int Account { get; set; } = 1;

    /// <summary>
    /// The scopes to request besides <c>openid</c>, separated by spaces. They must include <c>offline_access</c> if the provider gives refresh tokens
    /// only for it.
    /// </summary>
    public string Scopes { get; set; } = "profile email offline_access";

    /// <summary>The claim with a person's groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Groups whose members are owners, separated by commas.</summary>
    public string OwnerGroups { get; set; } = "";

    /// <summary>Groups whose members are admins, separated by commas.</summary>
    public string AdminGroups { get; set; } = "";

    /// <summary>Groups whose members are developers, separated by commas.</summary>
    public string DeveloperGroups { get; set; } = "";

    /// <summary>Groups whose members are auditors, separated by commas.</summary>
    public string AuditorGroups { get; set; } = "";

    /// <summary>Groups whose members are viewers, separated by commas.</summary>
    public string ViewerGroups { get; set; } = "";

    /// <summary>
    /// Values of the claim <c>amr</c> (RFC 8176) with which the provider vouches for a second factor, separated by commas. If none of them is present,
    /// the portal asks for its own second factor.
    /// </summary>
    public string SecondFactors { get; set; } = "mfa";

    /// <summary>How often the provider is asked whether a signed-in member still has access: from a second to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether only owners may sign in with a password, for when the provider is down; if false, every member who has one may.</summary>
    public bool PasswordsForOwnersOnly { get; set; } = true;

    /// <summary>Whether a provider is configured.</summary>
    internal bool IsOn => Authority.Length > 0;

    /// <summary>Returns the role with the most rights that the groups give; null if they give none.</summary>
    internal MemberRole? RoleOf(IReadOnlySet<string> groups)
    {
        (string Setting, MemberRole Role)[] all =
        [
            (OwnerGroups, MemberRole.Owner), (AdminGroups, MemberRole.Admin), (DeveloperGroups, MemberRole.Developer),
            (AuditorGroups, MemberRole.Auditor), (ViewerGroups, MemberRole.Viewer),
        ];
        foreach (var (setting, role) in all)
        {
            if (EntriesOf(setting).Any(groups.Contains))
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>Whether the provider vouches for a second factor.</summary>
    internal bool IsSecondFactor(IEnumerable<string> methods) => EntriesOf(SecondFactors).Intersect(methods, StringComparer.Ordinal).Any();

    /// <summary>Lists what is wrong with the settings of a provider, except the secret's file. The caller has checked that a provider is configured.</summary>
    internal IEnumerable<string> FindFaults(bool mayBeClear)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Query.Length > 0 || authority.Fragment.Length > 0 || authority.UserInfo.Length > 0)
        {
            yield return "SingleSignOn:Authority must be an absolute address without user, query and fragment, such as https://login.example.com/tenant.";
        }
        else if (authority.Scheme != Uri.UriSchemeHttps && !(mayBeClear && authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
        {
            yield return "SingleSignOn:Authority is not https://. Plain HTTP is only for loopback addresses in development.";
        }

        if (ClientId.Length == 0)
        {
            yield return "SingleSignOn:ClientId is missing: the provider knows this portal by it.";
        }

        string[] groups = [OwnerGroups, AdminGroups, DeveloperGroups, AuditorGroups, ViewerGroups];
        if (!groups.SelectMany(EntriesOf).Any())
        {
            yield return "SingleSignOn has no groups: nobody could sign in. Set OwnerGroups, AdminGroups, DeveloperGroups, AuditorGroups or ViewerGroups.";
        }
    }

    private static string[] EntriesOf(string setting) => setting.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
