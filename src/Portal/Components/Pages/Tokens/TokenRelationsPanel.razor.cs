using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The payments of a token, and other tokens of its card.</summary>
public sealed partial class TokenRelationsPanel
{
    /// <summary>The payments and tokens; null until they are loaded.</summary>
    [Parameter, EditorRequired]
    public required TokenRelations? Relations { get; set; }

    /// <summary>The location and environment of the token.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether the token still has a fingerprint of its card.</summary>
    [Parameter]
    public bool HasFingerprint { get; set; }

    // A location that was added after the page was opened is not in the list yet.
    private SelectedTenant PlaceOf(SameCardToken other) => Selected with { Location = Selected.Locations.FirstOrDefault(location => location.Id == other.Location) ?? Selected.Location };
}
