using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>What is shown where there are no tokens: how to create the first one.</summary>
public sealed partial class FirstToken
{
    /// <summary>Whether the reader may make one here.</summary>
    [Parameter]
    public bool CanCreate { get; set; }

    /// <summary>Whether this is the sandbox.</summary>
    [Parameter]
    public bool IsSandbox { get; set; }

    /// <summary>The reader wants to.</summary>
    [Parameter]
    public EventCallback OnCreate { get; set; }

    /// <summary>Where the page is, and so the API.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
