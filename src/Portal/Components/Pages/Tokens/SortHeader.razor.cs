using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The header of a column that can be sorted in either direction.</summary>
public sealed partial class SortHeader
{
    /// <summary>What the column shows.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The current order of the list.</summary>
    [Parameter, EditorRequired]
    public TokenSort Sort { get; set; }

    /// <summary>The ascending order.</summary>
    [Parameter, EditorRequired]
    public TokenSort Up { get; set; }

    /// <summary>The descending order.</summary>
    [Parameter, EditorRequired]
    public TokenSort Down { get; set; }

    /// <summary>Raised when the reader chooses an order.</summary>
    [Parameter]
    public EventCallback<TokenSort> OnSort { get; set; }

    /// <summary>The column's CSS class.</summary>
    [Parameter]
    public string? Class { get; set; }

    // The first click sorts times newest first, and names from A.
    private TokenSort First => Down == TokenSort.Newest ? Down : Up;
}
