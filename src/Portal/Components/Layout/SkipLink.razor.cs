using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The first stop of the Tab key: a link past the layout to the page's content.</summary>
public sealed partial class SkipLink
{
    /// <summary>Provides the page's address and navigates.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
