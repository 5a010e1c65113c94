using System.ComponentModel;
using Dojo.Pci.Portal.Docs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Dojo.Pci.Portal.Api.Mcp;

/// <summary>The MCP tools that search and read the documentation.</summary>
[McpServerToolType]
internal sealed class DocsTools
{
    [McpServerTool(Name = "search_docs", Title = "Search the documentation", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Finds guides, operations of the API and explanations of errors that contain all of the words.")]
    public static IReadOnlyList<FoundPage> Search([Description("Words, such as: refund idempotency")] string query) =>
        [.. DocsSearch.Find(query).Select(hit => new FoundPage(hit.Entry.Title, hit.Entry.Part, hit.Entry.Address, $"{hit.Before}{hit.Match}{hit.After}"))];

    [McpServerTool(Name = "read_guide", Title = "Read a guide", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("A guide of the documentation as Markdown. Use search_docs to find guides.")]
    public static string Read([Description("The guide's address or name, such as: /docs/webhooks")] string guide)
    {
        var name = guide.Split('#')[0].Split('/')[^1];
        return GuideLibrary.Find(name)?.Markdown ?? throw new McpException($"There is no such guide. The guides are: {string.Join(", ", GuideLibrary.All.Select(known => known.Slug))}.");
    }
}

/// <summary>A page that was found.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Part">The part of the documentation that it belongs to.</param>
/// <param name="Address">Its path at this service.</param>
/// <param name="Text">The text around the first word that was found.</param>
internal sealed record FoundPage(string Title, string Part, string Address, string Text);
