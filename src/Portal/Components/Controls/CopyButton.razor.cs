using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Copies a text, and confirms it visibly and to a screen reader.</summary>
public sealed partial class CopyButton
{
    /// <summary>The text to copy.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What the text is, in words that follow "Copy" and "Copied".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The visible word beside the icon; null if space is short and the meaning is clear.</summary>
    [Parameter]
    public string? Label { get; set; }
}
