using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Dojo.Pci.Portal.Components;

/// <summary>Finds the page for an address.</summary>
public sealed partial class Routes
{
    private string? _firstPath;
    private bool _moved;

    /// <summary>The visitor's theme; a circuit cannot read cookies, so the document passes it.</summary>
    [Parameter]
    public ThemeChoice Theme { get; set; }

    // On the first page the focus stays where the browser puts it, so that Tab reaches the skip link first. Only navigation to another page
    // needs announcing, not a changed filter in the same page's address.
    private void RememberWhetherMoved(NavigationContext context)
    {
        var path = context.Path.Split('?', '#')[0];
        _firstPath ??= path;
        _moved |= path != _firstPath;
    }
}
