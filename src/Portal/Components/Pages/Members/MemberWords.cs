using Dojo.Pci.Portal.Components.Ui;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>What the pages about members say of them.</summary>
internal static class MemberWords
{
    /// <summary>The roles, from the one that may most on.</summary>
    public static readonly MemberRole[] Roles = Enum.GetValues<MemberRole>();

    /// <summary>What a role is for, in a sentence.</summary>
    public static string Describe(MemberRole role) => role switch
    {
        MemberRole.Owner => "Answers for the account: everything, and makes other owners.",
        MemberRole.Admin => "Runs the account: everything but what concerns owners.",
        MemberRole.Developer => "Builds against the API: keys, tokens, the sandbox.",
        MemberRole.Viewer => "Looks tokens up. Sees no keys and no people.",
        _ => "Reads who did what. Sees no tokens.",
    };

    public static Tone ToneOf(MemberStatus status) => status switch
    {
        MemberStatus.Active => Tone.Good,
        MemberStatus.Locked => Tone.Warning,
        _ => Tone.Neutral,
    };

    /// <summary>The second factors, in words.</summary>
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
