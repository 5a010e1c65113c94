using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Copies a text and says so, to the eye and to a screen reader.</summary>
public sealed partial class CopyButton
{
    /// <summary>What lands in the clipboard.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What it is, in words that follow "Copy" and "Copied".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The visible word beside the icon; none where space is short and the meaning plain.</summary>
    [Parameter]
    public string? Label { get; set; }
}
