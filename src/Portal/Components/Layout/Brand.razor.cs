using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The product's mark and name, as a link to the home page.</summary>
public sealed partial class Brand
{
    /// <summary>The address of the home page, with the visitor's location and environment.</summary>
    [Parameter]
    public string Href { get; set; } = PortalUrls.Home;
}
