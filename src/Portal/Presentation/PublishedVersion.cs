namespace Dojo.Pci.Portal.Presentation;

/// <summary>The version of the API that samples show, on pages, in what the first start prints and in the description.</summary>
internal static class PublishedVersion
{
    /// <summary>The newest one: what a new integration should name in its <c>version</c> header.</summary>
    public const string Newest = "2026-02-27";
}
