using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Light, dark, or as the system has it; the browser remembers.</summary>
public sealed partial class ThemeSwitch
{
    /// <summary>The choice that the document was rendered with.</summary>
    [CascadingParameter]
    public ThemeChoice Theme { get; set; }
}
