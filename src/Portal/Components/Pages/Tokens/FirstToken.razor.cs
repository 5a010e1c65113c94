using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>Shown if there are no tokens: explains how to create the first one.</summary>
public sealed partial class FirstToken
{
    /// <summary>Whether the reader may create a test token here.</summary>
    [Parameter]
    public bool CanCreate { get; set; }

    /// <summary>Whether this is the sandbox.</summary>
    [Parameter]
    public bool IsSandbox { get; set; }

    /// <summary>Raised when the reader wants to create a test token.</summary>
    [Parameter]
    public EventCallback OnCreate { get; set; }

    /// <summary>Provides the base address, which is also that of the API.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }
}
