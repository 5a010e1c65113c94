using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>The card numbers that the sandbox accepts. The filter is in the address, so a filtered list can be shared.</summary>
public sealed partial class TestCardsPage
{
    private readonly UrlText _filter = new();
    private IReadOnlyList<TestCard> _cards = TestCards.All;

    /// <summary>The filter in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? FilterInUrl { get; set; }

    /// <summary>Writes the filter into the address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string CountText => _cards.Count == TestCards.All.Count
        ? $"{TestCards.All.Count} cards"
        : $"{_cards.Count} of {TestCards.All.Count} cards";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _filter.Arrived(TestCardFilter.ForUrl(FilterInUrl ?? ""));
        _cards = TestCardFilter.Apply(_filter.Value);
    }

    private void Clear() => Show("");

    private void Show(string? typed)
    {
        var filter = typed ?? "";
        var inUrl = TestCardFilter.ForUrl(filter);
        var isNews = _filter.Typed(filter, inUrl);
        _cards = TestCardFilter.Apply(filter);
        if (isNews)
        {
            // Replaces the history entry, so that Back leaves the page rather than undoing letters one by one.
            Navigation.NavigateTo(PortalUrls.TestCardsMatching(inUrl), new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }
}
