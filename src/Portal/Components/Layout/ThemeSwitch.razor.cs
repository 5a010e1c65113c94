using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Chooses the theme: light, dark, or that of the system. The browser remembers the choice.</summary>
public sealed partial class ThemeSwitch
{
    /// <summary>The choice that the document was rendered with.</summary>
    [CascadingParameter]
    public ThemeChoice Theme { get; set; }
}
