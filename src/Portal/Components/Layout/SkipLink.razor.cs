using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The first stop of the Tab key: past everything that is around a page.</summary>
public sealed partial class SkipLink
{
    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
