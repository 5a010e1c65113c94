using Dojo.Pci.Portal.Docs;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>A guide. Public.</summary>
public sealed partial class GuidePage
{
    private Guide _guide = null!;
    private List<GuideSection> _headings = [];

    /// <summary>The guide's name in the address.</summary>
    [Parameter]
    public string? Slug { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _guide = GuideLibrary.Find(Slug) ?? throw new BadHttpRequestException("There is no such guide.", StatusCodes.Status404NotFound);
        _headings = [.. _guide.Sections.Where(section => section.Anchor is not null && section.Level == 2)];
    }

    private string Here(string text) => Guide.At(text, Navigation.BaseUri);

    private Guide? Neighbour(int step)
    {
        var at = GuideLibrary.All.Index().First(entry => entry.Item == _guide).Index + step;
        return at >= 0 && at < GuideLibrary.All.Count ? GuideLibrary.All[at] : null;
    }
}
