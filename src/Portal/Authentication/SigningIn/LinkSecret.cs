namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Finds the secret in what someone pastes who was given a link.</summary>
internal static class LinkSecret
{
    // "=" stands before it in links of earlier versions.
    private static readonly char[] s_before = ['#', '='];

    /// <summary>The secret of a whole link, or a secret by itself. It may be none.</summary>
    public static string? In(string? link) => link?[(link.LastIndexOfAny(s_before) + 1)..].Trim();
}
