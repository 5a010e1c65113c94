using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>What fails where a key is limited or deleted: which operations, from where, and some of the requests.</summary>
public sealed partial class AffectedUseList
{
    /// <summary>What the key was used for.</summary>
    [Parameter, EditorRequired]
    public required AffectedUse Use { get; set; }
}
