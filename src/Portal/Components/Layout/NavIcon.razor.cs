using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The picture beside an entry of the navigation.</summary>
public sealed partial class NavIcon
{
    /// <summary>Which one.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }
}
