using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Switches the rows of a list between dense and normal.</summary>
public sealed partial class DensityButton
{
    /// <summary>Whether the rows are dense.</summary>
    [Parameter, EditorRequired]
    public bool IsDense { get; set; }

    /// <summary>Raised with the other density when the reader presses the button.</summary>
    [Parameter]
    public EventCallback<bool> OnChange { get; set; }
}
