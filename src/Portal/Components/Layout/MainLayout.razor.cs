using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Header, content, footer: the same around every page.</summary>
public sealed partial class MainLayout
{
    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // With a <base>, a bare "#content" would lead to the home page.
    private string SkipAddress => $"{Navigation.Uri.Split('#')[0]}#content";
}
