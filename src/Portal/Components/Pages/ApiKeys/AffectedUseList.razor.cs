using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Shows what fails if a key is limited or deleted: the operations, the addresses, and some of the requests.</summary>
public sealed partial class AffectedUseList
{
    /// <summary>What the key was used for.</summary>
    [Parameter, EditorRequired]
    public required AffectedUse Use { get; set; }
}
