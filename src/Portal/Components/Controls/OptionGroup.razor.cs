using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A question with several options, each with its meaning, of which one or more can be chosen.</summary>
public sealed partial class OptionGroup
{
    /// <summary>The question.</summary>
    [Parameter, EditorRequired]
    public required string Legend { get; set; }

    /// <summary>The options.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
