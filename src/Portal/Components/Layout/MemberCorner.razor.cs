using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Who is signed in, the theme, and the way out.</summary>
public sealed partial class MemberCorner
{
    /// <summary>The member.</summary>
    [Parameter, EditorRequired]
    public required SignedInMember Who { get; set; }

    /// <summary>What the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    private string Initial => TextElements.First(Who.Name);
}
