namespace Dojo.Pci.Portal;

internal static class PortalUrls
{
    public const string NotFound = "/not-found";
    public const string Error = "/error";
}
