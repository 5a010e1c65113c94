using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>Shows recovery codes, which are shown only once.</summary>
public sealed partial class RecoveryCodeList
{
    /// <summary>The codes.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Codes { get; set; }
}
