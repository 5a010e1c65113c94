using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>A part of the documentation. Its links keep the reading member's location and environment.</summary>
public abstract partial class DocsComponent : ComponentBase
{
    /// <summary>The member's location and environment; null for a reader who is not signed in.</summary>
    [CascadingParameter]
    public SelectedTenant? Place { get; set; }

    /// <summary>Provides the address that the page was reached by.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The path of the page that is open.</summary>
    private protected string Path => $"/{Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0]}";

    /// <summary>Adds the reader's location and environment to a path of the portal.</summary>
    private protected string At(string path)
    {
        if (Place is null || path is PortalUrls.OpenApi or PortalUrls.ApiReference)
        {
            return path;
        }

        var (page, anchor) = path.Split('#', 2) is [var before, var after] ? (before, $"#{after}") : (path, "");
        return $"{PortalUrls.In(Place, page)}{anchor}";
    }

    /// <summary>Adds the reader's location and environment to the links of HTML that was rendered once for all readers.</summary>
    private protected string WithPlace(string html) =>
        Place is null ? html : DocsLink().Replace(html, link => WebUtility.HtmlEncode(At(WebUtility.HtmlDecode(link.Value))));

    [GeneratedRegex("(?<=href=\")/docs[^\"]*(?=\")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocsLink();
}
