using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>The head of a column by which one can sort, either way.</summary>
public sealed partial class SortHeader
{
    /// <summary>What the column shows.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The order of the list.</summary>
    [Parameter, EditorRequired]
    public TokenSort Sort { get; set; }

    /// <summary>The order that begins with the least.</summary>
    [Parameter, EditorRequired]
    public TokenSort Up { get; set; }

    /// <summary>The order that begins with the most.</summary>
    [Parameter, EditorRequired]
    public TokenSort Down { get; set; }

    /// <summary>The reader wants this order.</summary>
    [Parameter]
    public EventCallback<TokenSort> OnSort { get; set; }

    /// <summary>The column's class.</summary>
    [Parameter]
    public string? Class { get; set; }

    // Time is asked for from now back, names from A on.
    private TokenSort First => Down == TokenSort.Newest ? Down : Up;
}
