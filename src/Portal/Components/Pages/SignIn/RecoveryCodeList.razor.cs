using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>Recovery codes, the one time that they are shown.</summary>
public sealed partial class RecoveryCodeList
{
    /// <summary>The codes.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Codes { get; set; }
}
