using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A text that may be long: its first lines, and the rest on demand.</summary>
public sealed partial class Clamped
{
    private const int LongText = 160;
    private bool _showsAll;

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }
}
