namespace Dojo.Pci.Portal.Presentation;

/// <summary>The API version in samples: on pages, in the output of the first start and in the OpenAPI description.</summary>
internal static class PublishedVersion
{
    /// <summary>The newest version, which new integrations should name in their <c>version</c> header.</summary>
    public const string Newest = "2026-02-27";
}
