using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Makes the rows of a list low, or as high as usual.</summary>
public sealed partial class DensityButton
{
    /// <summary>Whether they are low.</summary>
    [Parameter, EditorRequired]
    public bool IsDense { get; set; }

    /// <summary>The reader wants them the other way.</summary>
    [Parameter]
    public EventCallback<bool> OnChange { get; set; }
}
