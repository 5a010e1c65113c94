using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>What there is to know of a key at a glance.</summary>
public sealed partial class KeyFacts
{
    /// <summary>The key.</summary>
    [Parameter, EditorRequired]
    public required ManagedApiKey Key { get; set; }

    /// <summary>Where the page is.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }
}
