using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Around the pages of the documentation: its menu beside them, or below on a narrow screen.</summary>
public sealed partial class DocsLayout
{
    /// <summary>Knows which page is open.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
