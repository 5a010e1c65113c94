using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>The words that the pages about members use.</summary>
internal static class MemberWords
{
    /// <summary>The roles, the most powerful one first.</summary>
    public static readonly MemberRole[] Roles = Enum.GetValues<MemberRole>();

    /// <summary>Returns the first letter of a name, as a reader perceives letters.</summary>
    public static string InitialOf(ListedMember member) => TextElements.First(member.Name);

    /// <summary>Describes what a role is for, in a sentence or two.</summary>
    public static string Describe(MemberRole role) => role switch
    {
        MemberRole.Owner => "Full access, including other owners.",
        MemberRole.Admin => "Full access, except to owners.",
        MemberRole.Developer => "Builds against the API: keys, tokens, the sandbox.",
        MemberRole.Viewer => "Looks up tokens. Sees no keys and no members.",
        _ => "Reads the audit trail. Sees no tokens.",
    };

    public static Tone ToneOf(MemberStatus status) => status switch
    {
        MemberStatus.Active => Tone.Good,
        MemberStatus.Locked => Tone.Warning,
        _ => Tone.Neutral,
    };

    /// <summary>Describes a member's second factors in words.</summary>
    public static string FactorsOf(ListedMember member)
    {
        var passkeys = member.Passkeys switch { 0 => null, 1 => "Passkey", var many => $"{many} passkeys" };
        return (passkeys, member.HasAuthenticator) switch
        {
            (null, false) => "None",
            (null, true) => "Authenticator app",
            (_, false) => passkeys,
            _ => $"{passkeys}, authenticator app",
        };
    }
}
