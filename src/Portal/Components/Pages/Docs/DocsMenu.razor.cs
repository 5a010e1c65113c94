using Dojo.Pci.Portal.Docs;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>Every page of the documentation, and the search.</summary>
public sealed partial class DocsMenu
{
    private static readonly Group[] s_groups =
    [
        new("Guides", true, [("Overview", PortalUrls.Docs), .. GuideLibrary.All.Select(guide => (guide.Title, PortalUrls.Guide(guide.Slug)))]),
        new("Reference", true, [("Interactive API reference", PortalUrls.ApiReference), ("Errors by code", PortalUrls.DocsErrors), ("Test cards", PortalUrls.TestCards), ("OpenAPI description", PortalUrls.OpenApi)]),
        .. ApiDescription.Operations.GroupBy(operation => operation.Tag, StringComparer.Ordinal).Select(tag => new Group(
            tag.Key, false, [.. tag.Select(operation => (operation.Summary, PortalUrls.Operation(operation.Slug)))])),
    ];

    private static IEnumerable<Group> Groups => s_groups;

    private sealed record Group(string Title, bool IsOpenAlways, IReadOnlyList<(string Title, string Path)> Entries);
}
