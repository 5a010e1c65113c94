using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Logging;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>The results of a search of the documentation. Public.</summary>
public sealed partial class DocsSearchPage
{
    private IReadOnlyList<DocsHit> _hits = [];

    /// <summary>The words to search for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    private bool IsAsked => !string.IsNullOrWhiteSpace(Query);

    private string Summary => !IsAsked ? "" : _hits.Count switch
    {
        0 => $"No results for “{Shown}”.",
        1 => $"1 result for “{Shown}”.",
        DocsSearch.Most => $"The best {DocsSearch.Most} results for “{Shown}”.",
        var count => $"{count} results for “{Shown}”.",
    };

    // Text that looks like a card number is not shown again.
    private string Shown => LogScrubber.ToShowAgain(Query) is { Length: > 0 } text ? text[..Math.Min(text.Length, DocsSearch.LongestQuery)] : "…";

    /// <inheritdoc />
    protected override void OnParametersSet() => _hits = DocsSearch.Find(Query);
}
