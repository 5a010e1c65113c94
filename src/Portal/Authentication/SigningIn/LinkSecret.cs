namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Finds the secret in a pasted link.</summary>
internal static class LinkSecret
{
    // In links of earlier versions, "=" precedes the secret.
    private static readonly char[] s_before = ['#', '='];

    /// <summary>Returns the secret of a whole link, or a secret by itself. The result may not be a secret.</summary>
    public static string? In(string? link) => link?[(link.LastIndexOfAny(s_before) + 1)..].Trim();
}
