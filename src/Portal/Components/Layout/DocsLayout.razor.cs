using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The layout of the documentation pages: the menu is beside the page, or below it on a narrow screen.</summary>
public sealed partial class DocsLayout
{
    /// <summary>Provides the address of the open page.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
