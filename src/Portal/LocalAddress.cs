using Dojo.Pci.Portal.Logging;

namespace Dojo.Pci.Portal;

/// <summary>Tells addresses of this portal from foreign ones, for return addresses that come from a query.</summary>
internal static class LocalAddress
{
    /// <summary>
    /// The address if it is one of ours and holds no secret, otherwise that of the home page. No link may send a member elsewhere (open
    /// redirect), and an address with a card number in it must not be kept until the member has signed in.
    /// </summary>
    public static string Of(string? address) => IsOwn(address) ? address! : PortalUrls.Home;

    // One slash, not followed by a second one or by a backslash, which browsers read as a slash; and no control characters, which they skip.
    private static bool IsOwn(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(character => char.IsControl(character) || character == '\\')
        && !LogScrubber.HoldsSecret(address);
}
