using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows the first lines of a text that may be long, and the rest on demand.</summary>
public sealed partial class Clamped
{
    private const int LongText = 160;
    private bool _showsAll;

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }
}
