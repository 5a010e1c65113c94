using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Shows the main facts about a key.</summary>
public sealed partial class KeyFacts
{
    /// <summary>The key.</summary>
    [Parameter, EditorRequired]
    public required ManagedApiKey Key { get; set; }

    /// <summary>The selected location and environment.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }
}
