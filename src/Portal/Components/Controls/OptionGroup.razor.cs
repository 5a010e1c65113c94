using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A question that is answered by one or some of several options, each with what it means.</summary>
public sealed partial class OptionGroup
{
    /// <summary>The question.</summary>
    [Parameter, EditorRequired]
    public required string Legend { get; set; }

    /// <summary>The options.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
