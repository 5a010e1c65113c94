using Dojo.Pci.Portal.Logging;

namespace Dojo.Pci.Portal;

/// <summary>Tells addresses of this portal from those of others, for what comes out of a query.</summary>
internal static class LocalAddress
{
    /// <summary>
    /// The address if it is one of ours, else that of the home page: no link may send a member elsewhere (open redirect), and none with
    /// a card number in it is kept until the member has signed in.
    /// </summary>
    public static string Of(string? address) => IsOwn(address) ? address! : PortalUrls.Home;

    // One slash and no second one, nor a backslash that a browser takes for one; and no control characters, which it skips.
    private static bool IsOwn(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(character => char.IsControl(character) || character == '\\')
        && !LogScrubber.HoldsSecret(address);
}
