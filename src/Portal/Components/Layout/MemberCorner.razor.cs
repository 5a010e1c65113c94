using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Shows the signed-in member, the theme switch, and the sign-out button.</summary>
public sealed partial class MemberCorner
{
    /// <summary>The member.</summary>
    [Parameter, EditorRequired]
    public required SignedInMember Who { get; set; }

    /// <summary>The location and environment that the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    private string Initial => TextElements.First(Who.Name);
}
