using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>What a place shows that has no tokens: how to make the first.</summary>
public sealed partial class FirstToken
{
    /// <summary>Whether the reader may make one here.</summary>
    [Parameter]
    public bool CanCreate { get; set; }

    /// <summary>Whether this is the sandbox.</summary>
    [Parameter]
    public bool IsSandbox { get; set; }

    /// <summary>He wants to.</summary>
    [Parameter]
    public EventCallback OnCreate { get; set; }

    /// <summary>Where the page is, and so the API.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
