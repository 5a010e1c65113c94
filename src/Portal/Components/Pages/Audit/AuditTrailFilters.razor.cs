using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>The filters above the audit trail. Each choice leads to an address; a card number is never put into one.</summary>
public sealed partial class AuditTrailFilters
{
    private readonly UrlText _text = new();
    private string? _fault;

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>The current query.</summary>
    [Parameter, EditorRequired]
    public required AuditQuery Query { get; set; }

    /// <summary>The name of the member whose entries are shown.</summary>
    [Parameter]
    public string MemberName { get; set; } = "one member";

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private DateRange Days => new(Query.From?.ToDateTime(TimeOnly.MinValue), Query.To?.ToDateTime(TimeOnly.MinValue));

    /// <inheritdoc />
    protected override void OnParametersSet() => _text.Arrived(Query.Text);

    private string AddressOf(AuditQuery query) => PortalUrls.In(Selected, PortalUrls.AuditTrail, query.Parameters);

    private Variant VariantOf(AuditTopic? topic) => Query.Topic == topic ? Variant.Filled : Variant.Text;

    private void Search(string? typed)
    {
        var text = typed?.Trim() ?? "";
        _fault = CardNumberDetector.ContainsCardNumber(text) ? "Card numbers are not searched for." : null;
        if (_fault is null && _text.Typed(typed ?? "", text))
        {
            Navigation.NavigateTo(AddressOf(Query with { Text = text }));
        }
    }

    private void ChooseDays(DateRange? days) => Navigation.NavigateTo(AddressOf(Query with { From = DayOf(days?.Start), To = DayOf(days?.End) }));

    private static DateOnly? DayOf(DateTime? day) => day is { } known ? DateOnly.FromDateTime(known) : null;
}
