using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The payments of a token, and other tokens of its card.</summary>
public sealed partial class TokenRelationsPanel
{
    /// <summary>What there is; null while it is being looked for.</summary>
    [Parameter, EditorRequired]
    public required TokenRelations? Relations { get; set; }

    /// <summary>Where the token is.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether the token still knows its card.</summary>
    [Parameter]
    public bool HasFingerprint { get; set; }

    // A location that was opened since the page was has no name here yet.
    private SelectedTenant PlaceOf(SameCardToken other) => Selected with { Location = Selected.Locations.FirstOrDefault(location => location.Id == other.Location) ?? Selected.Location };
}
